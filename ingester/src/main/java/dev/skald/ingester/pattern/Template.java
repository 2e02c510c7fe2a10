package dev.skald.ingester.pattern;

import static dev.skald.ingester.pattern.LineTokens.FREE;
import static dev.skald.ingester.pattern.LineTokens.KEY;
import static dev.skald.ingester.pattern.LineTokens.MERGED;
import static dev.skald.ingester.pattern.LineTokens.NUMBER;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What lines of one kind have in common, and when they came. It starts as a copy of its first line;
 * words in which a later line differs become variables. Not safe for use by several threads.
 */
final class Template {
  private static final int OVERHEAD = 160;
  private static final int BYTES_PER_WORD = 2 * Integer.BYTES + 1;
  private static final byte[] VARIABLE = {'<', '_', '>'};

  /** Of ten words that are no numbers, so many may have become variables. */
  private static final int MOST_MERGED_OF_TEN = 4;

  private final long group;
  private final byte[] text;
  private final int[] starts;
  private final int[] ends;
  private final byte[] kinds;
  private final boolean json;
  private final boolean cut;
  private int[] variables;
  private boolean single = true;

  final Samples samples = new Samples();

  /** The next template in the same slot of the miner's table. */
  Template next;

  /** When a line last came, as a number that grows from line to line. */
  long seen;

  Template(LineTokens line, long group) {
    this.group = group;
    this.text = Arrays.copyOfRange(line.bytes, line.from, line.to);
    this.starts = Arrays.copyOf(line.starts, line.words);
    this.ends = Arrays.copyOf(line.ends, line.words);
    this.kinds = Arrays.copyOf(line.kinds, line.words);
    this.json = line.json;
    this.cut = line.cut;
    for (int i = 0; i < kinds.length; i++) {
      starts[i] -= line.from;
      ends[i] -= line.from;
      if (cannotBeLiteral(i)) {
        kinds[i] = FREE;
      }
    }
    this.variables = variables();
  }

  /** A word in angle brackets would read as a capture, and malformed UTF-8 as something else. */
  private boolean cannotBeLiteral(int i) {
    boolean opened = starts[i] > 0 && text[starts[i] - 1] == '<';
    if (opened && ends[i] < text.length && text[ends[i]] == '>') {
      return true;
    }
    for (int at = starts[i]; at < ends[i]; at++) {
      if (text[at] < 0) {
        byte[] word = Arrays.copyOfRange(text, starts[i], ends[i]);
        String decoded = new String(word, StandardCharsets.UTF_8);
        return !Arrays.equals(word, decoded.getBytes(StandardCharsets.UTF_8));
      }
    }
    return false;
  }

  private int[] variables() {
    int[] found = new int[kinds.length];
    int size = 0;
    for (int i = 0; i < kinds.length; i++) {
      if (kinds[i] == FREE || kinds[i] == MERGED) {
        found[size++] = i;
      }
    }
    return Arrays.copyOf(found, size);
  }

  long group() {
    return group;
  }

  /** Returns about how much memory this takes. */
  int bytes() {
    return OVERHEAD + text.length + BYTES_PER_WORD * kinds.length + samples.bytes();
  }

  private boolean hasShapeOf(LineTokens line) {
    return kinds.length == line.words && json == line.json && cut == line.cut;
  }

  /** Returns whether a line is like this in all but the variables. */
  boolean matches(LineTokens line) {
    if (!hasShapeOf(line)) {
      return false;
    }
    int from = 0;
    int lineFrom = line.from;
    for (int variable : variables) {
      int to = starts[variable];
      int lineTo = line.starts[variable];
      if (!Arrays.equals(text, from, to, line.bytes, lineFrom, lineTo)) {
        return false;
      }
      from = ends[variable];
      lineFrom = line.ends[variable];
    }
    return Arrays.equals(text, from, text.length, line.bytes, lineFrom, line.to);
  }

  /**
   * Returns how many words would be merged variables if a line were taken in, or -1 if the line is
   * too different: most words must remain, and at least one.
   */
  int mergedWith(LineTokens line) {
    if (!hasShapeOf(line)) {
      return -1;
    }
    int counted = 0;
    int merged = 0;
    int gap = 0;
    int lineGap = line.from;
    for (int i = 0; i < kinds.length; i++) {
      byte kind = kindWith(line, i);
      boolean sameGap = Arrays.equals(text, gap, starts[i], line.bytes, lineGap, line.starts[i]);
      if (!sameGap || kinds[i] == KEY && kind != KEY) {
        return -1;
      }
      counted += kind == NUMBER || kind == FREE ? 0 : 1;
      merged += kind == MERGED ? 1 : 0;
      gap = ends[i];
      lineGap = line.ends[i];
    }
    boolean sameEnd = Arrays.equals(text, gap, text.length, line.bytes, lineGap, line.to);
    int most = Math.max(1, counted * MOST_MERGED_OF_TEN / 10);
    return sameEnd && (merged == 0 || merged < counted && merged <= most) ? merged : -1;
  }

  /** Returns the kind of a word once a line is taken in. */
  private byte kindWith(LineTokens line, int i) {
    byte kind = kinds[i];
    if (kind == FREE || kind == MERGED) {
      return kind;
    }
    if (Arrays.equals(text, starts[i], ends[i], line.bytes, line.starts[i], line.ends[i])) {
      return kind;
    }
    return kind == NUMBER && line.kinds[i] == NUMBER ? FREE : MERGED;
  }

  /** Takes in a line that is not too different. */
  void merge(LineTokens line) {
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = kindWith(line, i);
    }
    variables = variables();
  }

  /** Counts a line; returns how much more memory this takes. */
  int count(long time, long now) {
    single = samples.size() == 0 && seen == 0;
    seen = now;
    int before = samples.bytes();
    samples.add(time, 1);
    return samples.bytes() - before;
  }

  /**
   * Returns the template as a pattern filter reads it. Numbers that were the same in all lines are
   * shown, but of a single line none is: which of them vary is not known yet.
   */
  String pattern() {
    byte[] pattern = new byte[text.length + 2 * kinds.length + VARIABLE.length];
    int length = 0;
    int from = 0;
    for (int i = 0; i < kinds.length; i++) {
      if (isShownAsVariable(i)) {
        length = append(pattern, length, text, from, starts[i]);
        length = append(pattern, length, VARIABLE, 0, VARIABLE.length);
        from = ends[i];
      }
    }
    if (from == 0 || from < ends[kinds.length - 1] || hasSeparatorFrom(from)) {
      length = append(pattern, length, text, from, text.length);
    }
    return new String(pattern, 0, length, StandardCharsets.UTF_8);
  }

  private boolean isShownAsVariable(int i) {
    return kinds[i] == FREE || kinds[i] == MERGED || kinds[i] == NUMBER && single;
  }

  /** Without one, what ends the line may stand inside the variable before it as well. */
  private boolean hasSeparatorFrom(int from) {
    for (int i = from; i < text.length; i++) {
      if (LineTokens.isSeparator(text[i])) {
        return true;
      }
    }
    return false;
  }

  private static int append(byte[] target, int length, byte[] source, int from, int to) {
    System.arraycopy(source, from, target, length, to - from);
    return length + to - from;
  }
}
