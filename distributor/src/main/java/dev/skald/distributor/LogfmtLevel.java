package dev.skald.distributor;

import dev.skald.logql.ClosingQuote;

/**
 * Finds the level of a logfmt line: of all keys that may hold one, compared in any case, the one
 * that stands first in the list of fields wins (logql.md §24.3 (4b)). The scan ends at the first
 * syntax error.
 */
final class LogfmtLevel {
  private LogfmtLevel() {}

  /** Returns the level of the winning key; null if there is none or its value is no level. */
  static Level find(byte[] bytes, int from, int to, byte[][] fields) {
    int best = fields.length;
    Level level = null;
    int at = skipBlanks(bytes, from, to);
    while (at < to) {
      int keyEnd = keyEnd(bytes, at, to);
      if (keyEnd == to || isBlank(bytes[keyEnd])) {
        at = skipBlanks(bytes, keyEnd, to);
        continue;
      }
      if (keyEnd == at || bytes[keyEnd] == '"') {
        return level;
      }
      boolean quoted = keyEnd + 1 < to && bytes[keyEnd + 1] == '"';
      int start = quoted ? keyEnd + 2 : keyEnd + 1;
      int end = quoted ? ClosingQuote.find(bytes, start, to) : valueEnd(bytes, start, to);
      if (end < 0) {
        return level;
      }
      int field = LevelDetector.fieldIndex(fields, bytes, at, keyEnd, true);
      if (field >= 0 && field < best) {
        best = field;
        level = Level.of(bytes, start, end - start);
      }
      at = skipBlanks(bytes, quoted ? end + 1 : end, to);
    }
    return level;
  }

  private static boolean isBlank(byte b) {
    return (b & 0xff) <= ' ';
  }

  private static int skipBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  private static int keyEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != '=' && bytes[at] != '"' && !isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  /** Returns where a value without quotes ends, -1 if there is a quote or an equals sign in it. */
  private static int valueEnd(byte[] bytes, int from, int to) {
    int end = keyEnd(bytes, from, to);
    return end == to || isBlank(bytes[end]) ? end : -1;
  }
}
