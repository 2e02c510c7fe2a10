package dev.skald.ingester.pattern;

/**
 * Finds the templates of the lines of one stream and level. Where there are too many, the one that
 * no line was like for longest is forgotten. Not safe for use by several threads.
 */
final class PatternMiner {
  private static final int LEAST_SLOTS = 8;
  private static final int OVERHEAD = 128;
  private static final int BYTES_PER_SLOT = 4;

  private final int maxTemplates;
  private Template[] slots = new Template[LEAST_SLOTS];
  private int size;
  private long lines;
  private long templateBytes;

  PatternMiner(int maxTemplates) {
    this.maxTemplates = maxTemplates;
  }

  int size() {
    return size;
  }

  /** Returns about how much memory this takes. */
  long bytes() {
    return OVERHEAD + templateBytes + (long) BYTES_PER_SLOT * slots.length;
  }

  /**
   * Counts a line.
   *
   * @param time when it was written, in whole intervals
   */
  void add(LineTokens line, long time) {
    long group = line.group();
    Template template = find(line, group);
    if (template == null) {
      template = insert(new Template(line, group));
    }
    lines++;
    templateBytes += template.count(time, lines);
  }

  private int slot(long group) {
    return (int) (group >>> 32) & slots.length - 1;
  }

  /** Returns the template that takes the line, changed if it must be; null if none does. */
  private Template find(LineTokens line, long group) {
    Template first = slots[slot(group)];
    for (Template template = first; template != null; template = template.next) {
      if (template.group() == group && template.matches(line)) {
        return template;
      }
    }
    Template nearest = null;
    int least = Integer.MAX_VALUE;
    for (Template template = first; template != null; template = template.next) {
      int merged = template.group() == group ? template.mergedWith(line) : -1;
      if (merged >= 0 && merged < least) {
        nearest = template;
        least = merged;
      }
    }
    if (nearest != null) {
      nearest.merge(line);
    }
    return nearest;
  }

  private Template insert(Template template) {
    if (size == maxTemplates) {
      remove(longestUnseen());
    }
    if (size == slots.length) {
      grow();
    }
    int slot = slot(template.group());
    template.next = slots[slot];
    slots[slot] = template;
    size++;
    templateBytes += template.bytes();
    return template;
  }

  private void grow() {
    Template[] old = slots;
    slots = new Template[2 * old.length];
    for (Template head : old) {
      Template template = head;
      while (template != null) {
        Template following = template.next;
        int slot = slot(template.group());
        template.next = slots[slot];
        slots[slot] = template;
        template = following;
      }
    }
  }

  private Template longestUnseen() {
    Template oldest = null;
    for (Template head : slots) {
      for (Template template = head; template != null; template = template.next) {
        if (oldest == null || template.seen < oldest.seen) {
          oldest = template;
        }
      }
    }
    return oldest;
  }

  private void remove(Template template) {
    int slot = slot(template.group());
    if (slots[slot] == template) {
      slots[slot] = template.next;
    } else {
      Template before = slots[slot];
      while (before.next != template) {
        before = before.next;
      }
      before.next = template.next;
    }
    size--;
    templateBytes -= template.bytes();
  }

  /** Forgets what came before a time, and templates of which nothing is left. */
  void expire(long time) {
    for (Template head : slots) {
      Template template = head;
      while (template != null) {
        Template following = template.next;
        int before = template.bytes();
        template.samples.dropBefore(time);
        templateBytes += template.bytes() - before;
        if (template.samples.size() == 0) {
          remove(template);
        }
        template = following;
      }
    }
  }

  /**
   * Hands on what came in a range.
   *
   * @param start the first time of the range, {@code end} the first behind it
   */
  void collect(String level, long start, long end, SeriesCollector target) {
    for (Template head : slots) {
      for (Template template = head; template != null; template = template.next) {
        target.add(template, level, start, end);
      }
    }
  }
}
