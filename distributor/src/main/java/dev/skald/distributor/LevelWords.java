package dev.skald.distributor;

/**
 * Finds the first level word in a text, in any case, with a boundary on both sides (logql.md §24.3
 * (4c)).
 */
final class LevelWords {
  private static final boolean[] BEFORE = table(" \t\n[({\"=");
  private static final boolean[] AFTER = table(" \t\n[](){}:,!\"=");
  private static final boolean[] FIRST = table("tdfcewiTDFCEWI");
  private static final int SHORTEST = 3;
  private static final int LONGEST = 8;

  private LevelWords() {}

  static Level find(byte[] bytes, int from, int to) {
    boolean boundary = true;
    for (int i = from; i < to; i++) {
      int b = bytes[i] & 0xff;
      if (boundary && FIRST[b]) {
        int end = wordEnd(bytes, i, Math.min(to, i + LONGEST + 1));
        if (end - i >= SHORTEST && end - i <= LONGEST && (end == to || AFTER[bytes[end] & 0xff])) {
          Level level = word(bytes, i, end - i);
          if (level != null) {
            return level;
          }
        }
      }
      boundary = BEFORE[b];
    }
    return Level.UNKNOWN;
  }

  private static int wordEnd(byte[] bytes, int from, int to) {
    int end = from;
    while (end < to && !AFTER[bytes[end] & 0xff]) {
      end++;
    }
    return end;
  }

  /** The words of a text are fewer than the values of a field: no {@code trc}, {@code inf}, … */
  private static Level word(byte[] bytes, int offset, int length) {
    Level level = Level.of(bytes, offset, length);
    if (level == null) {
      return null;
    }
    return switch (level) {
      case TRACE, DEBUG -> length == 5 ? level : null;
      case INFO -> length == 4 ? level : null;
      case WARN -> length == 4 || length == 7 ? level : null;
      case ERROR, CRITICAL, FATAL -> level;
      case UNKNOWN -> null;
    };
  }

  private static boolean[] table(String members) {
    boolean[] table = new boolean[256];
    members.chars().forEach(c -> table[c] = true);
    return table;
  }
}
