package dev.skald.distributor;

import dev.skald.logql.ClosingQuote;

/**
 * Finds the level of a JSON line: the first string member, in the order of the text, that has one
 * of the names (logql.md §24.3 (4a)). Arrays are passed over.
 */
final class JsonLevel {
  private JsonLevel() {}

  static Level find(byte[] bytes, int from, int to, byte[][] fields, int maxDepth) {
    int depth = 0;
    int arrays = 0;
    int keyFrom = -1;
    int keyTo = -1;
    for (int at = from; at < to; at++) {
      switch (bytes[at]) {
        case '{' -> depth++;
        case '}' -> depth--;
        case '[' -> arrays++;
        case ']' -> arrays--;
        case ',' -> keyFrom = -1;
        case '"' -> {
          int end = ClosingQuote.find(bytes, at + 1, to);
          if (end < 0) {
            return null;
          }
          boolean key = isKey(bytes, end + 1, to);
          if (key) {
            keyFrom = at + 1;
            keyTo = end;
          } else if (keyFrom >= 0
              && arrays == 0
              && depth <= maxDepth
              && LevelDetector.fieldIndex(fields, bytes, keyFrom, keyTo, false) >= 0) {
            return Level.of(bytes, at + 1, end - at - 1);
          }
          at = end;
        }
        default -> {}
      }
    }
    return null;
  }

  private static boolean isKey(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && LevelDetector.isBlank(bytes[at])) {
      at++;
    }
    return at < to && bytes[at] == ':';
  }
}
