package dev.skald.distributor;

/**
 * Finds the level of a logfmt line: of all keys that may hold one, compared in any case, the one
 * that stands first in the list of fields wins (logql.md §24.3 (4b)). The scan ends at the first
 * syntax error.
 */
final class LogfmtLevel {
  private LogfmtLevel() {}

  static Level find(byte[] bytes, int from, int to, byte[][] fields) {
    int best = Integer.MAX_VALUE;
    int valueFrom = 0;
    int valueTo = 0;
    int at = from;
    while (at < to) {
      if ((bytes[at] & 0xff) <= ' ') {
        at++;
        continue;
      }
      int keyFrom = at;
      while (at < to && bytes[at] != '=' && bytes[at] != '"' && (bytes[at] & 0xff) > ' ') {
        at++;
      }
      int keyTo = at;
      if (at == to || (bytes[at] & 0xff) <= ' ') {
        continue;
      }
      if (bytes[at] == '"' || keyTo == keyFrom) {
        break;
      }
      at++;
      int from0 = at;
      int to0;
      if (at < to && bytes[at] == '"') {
        from0 = at + 1;
        to0 = closingQuote(bytes, from0, to);
        if (to0 < 0) {
          break;
        }
        at = to0 + 1;
      } else {
        while (at < to && (bytes[at] & 0xff) > ' ' && bytes[at] != '=' && bytes[at] != '"') {
          at++;
        }
        to0 = at;
        if (at < to && (bytes[at] & 0xff) > ' ') {
          break;
        }
      }
      int index = LevelDetector.fieldIndex(fields, bytes, keyFrom, keyTo, true);
      if (index >= 0 && index < best) {
        best = index;
        valueFrom = from0;
        valueTo = to0;
      }
    }
    return best == Integer.MAX_VALUE ? null : Level.of(bytes, valueFrom, valueTo - valueFrom);
  }

  private static int closingQuote(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        i++;
      } else if (bytes[i] == '"') {
        return i;
      }
    }
    return -1;
  }
}
