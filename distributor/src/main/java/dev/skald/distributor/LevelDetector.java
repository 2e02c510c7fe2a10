package dev.skald.distributor;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds the level of a line from its text (logql.md §24.3 (4)): a JSON member, else a logfmt key,
 * else the first level word. Immutable; safe for use by any thread.
 */
final class LevelDetector {
  private final byte[][] fields;
  private final int jsonDepth;

  /**
   * @param fields names of JSON members and logfmt keys that hold a level
   * @param jsonDepth how many levels of objects are searched, 0 for all
   */
  LevelDetector(List<String> fields, int jsonDepth) {
    this.fields =
        fields.stream().map(f -> f.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    this.jsonDepth = jsonDepth == 0 ? Integer.MAX_VALUE : jsonDepth;
  }

  /** Returns the level of a line, {@link Level#UNKNOWN} if nothing in it tells. */
  Level detect(byte[] bytes, int offset, int length) {
    int from = offset;
    int to = offset + length;
    while (from < to && isBlank(bytes[from])) {
      from++;
    }
    while (to > from && isBlank(bytes[to - 1])) {
      to--;
    }
    if (from == to) {
      return Level.UNKNOWN;
    }
    Level level = null;
    if (bytes[from] == '{' && bytes[to - 1] == '}') {
      level = JsonLevel.find(bytes, from, to, fields, jsonDepth);
    } else if (indexOf(bytes, from, to, '=') >= 0) {
      level = LogfmtLevel.find(bytes, from, to, fields);
    }
    return level != null ? level : LevelWords.find(bytes, from, to);
  }

  /** Returns whether a name holds levels: its place in the list of fields, or -1. */
  static int fieldIndex(byte[][] fields, byte[] bytes, int from, int to, boolean anyCase) {
    for (int i = 0; i < fields.length; i++) {
      if (equal(fields[i], bytes, from, to, anyCase)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean equal(byte[] name, byte[] bytes, int from, int to, boolean anyCase) {
    if (name.length != to - from) {
      return false;
    }
    for (int i = 0; i < name.length; i++) {
      int a = name[i];
      int b = bytes[from + i];
      if (a != b && !(anyCase && lower(a) == lower(b))) {
        return false;
      }
    }
    return true;
  }

  static int lower(int b) {
    return b >= 'A' && b <= 'Z' ? b | 0x20 : b;
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  private static int indexOf(byte[] bytes, int from, int to, char wanted) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
