package dev.skald.logql.stage;

/** Decodes what stands between the quotes of a JSON string (logql.md §11.2). */
final class JsonText {
  private JsonText() {}

  /**
   * Writes the unescaped text into the arena as its current piece.
   *
   * @return false if an escape is malformed or a surrogate has no partner; nothing is written then
   */
  static boolean unescape(byte[] bytes, int from, int to, Arena arena) {
    arena.begin();
    int copied = from;
    for (int i = from; i < to; ) {
      if (bytes[i] != '\\') {
        i++;
        continue;
      }
      arena.append(bytes, copied, i - copied);
      int after = escape(bytes, i + 1, to, arena);
      if (after < 0) {
        arena.discard();
        return false;
      }
      i = after;
      copied = i;
    }
    arena.append(bytes, copied, to - copied);
    return true;
  }

  /** Returns the position behind the escape whose letter is at {@code i}, or -1. */
  private static int escape(byte[] bytes, int i, int to, Arena arena) {
    if (i >= to) {
      return -1;
    }
    if (bytes[i] == 'u') {
      return unicode(bytes, i + 1, to, arena);
    }
    int plain =
        switch (bytes[i]) {
          case '"', '\\', '/' -> bytes[i];
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> -1;
        };
    if (plain < 0) {
      return -1;
    }
    arena.append((byte) plain);
    return i + 1;
  }

  private static int unicode(byte[] bytes, int i, int to, Arena arena) {
    int unit = hex4(bytes, i, to);
    if (unit < 0) {
      return -1;
    }
    if (!Character.isSurrogate((char) unit)) {
      arena.appendCodePoint(unit);
      return i + 4;
    }
    boolean another = i + 6 <= to && bytes[i + 4] == '\\' && bytes[i + 5] == 'u';
    int low = another ? hex4(bytes, i + 6, to) : -1;
    if (low < 0 || !Character.isSurrogatePair((char) unit, (char) low)) {
      return -1;
    }
    arena.appendCodePoint(Character.toCodePoint((char) unit, (char) low));
    return i + 10;
  }

  /** Returns the value of four hexadecimal digits, or -1. */
  static int hex4(byte[] bytes, int from, int to) {
    if (from + 4 > to) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = bytes[i] < 0 ? -1 : Character.digit(bytes[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
