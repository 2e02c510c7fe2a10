package dev.skald.logql.stage;

import dev.skald.logql.regex.Regex;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code | regexp "(?P<a>…)"}: the named groups become labels (logql.md §11.7). */
final class RegexpStage implements Stage {
  private final LabelStore labels;
  private final Regex regex;
  private final int[] places;
  private final Runnable pause;

  /** The label of each group, the whole match first; null for one without a name. */
  private final LabelSlot[] groups;

  /**
   * @param pause runs now and then while a line is searched; what it throws ends that
   * @throws StageException if no group has a name or two have the same
   */
  RegexpStage(LabelStore labels, Regex regex, Runnable pause) {
    this.labels = labels;
    this.regex = regex;
    this.pause = pause;
    this.places = new int[2 * (regex.groupCount() + 1)];
    this.groups = new LabelSlot[regex.groupCount() + 1];
    List<String> names = regex.groupNames();
    Set<String> seen = new HashSet<>();
    for (int i = 1; i < groups.length; i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        continue;
      }
      if (!seen.add(name)) {
        throw new StageException("duplicate extracted label name '" + name + "'");
      }
      groups[i] = labels.slot(KeyText.sanitise(name));
    }
    if (seen.isEmpty()) {
      throw new StageException("at least one named capture must be supplied");
    }
  }

  @Override
  public boolean process(Row row) {
    if (labels.complete() || !find(row)) {
      return true;
    }
    for (int i = 1; i < groups.length; i++) {
      if (groups[i] != null && !store(row, groups[i], places[2 * i], places[2 * i + 1])) {
        return false;
      }
    }
    return true;
  }

  private boolean find(Row row) {
    int from = row.line.offset;
    return regex.find(row.line.bytes, from, row.line.end(), from, places, pause);
  }

  private boolean store(Row row, LabelSlot name, int from, int to) {
    LabelSlot slot = labels.wanted(name);
    if (slot == null) {
      return true;
    }
    labels.set(slot, row.line.bytes, Math.max(0, from), Math.max(0, to - from));
    return slot.earlyTest == null || slot.earlyTest.test(row);
  }
}
