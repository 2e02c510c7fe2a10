package dev.skald.logql.stage;

/** Decodes what stands between the quotes of a logfmt value (logql.md §11.4). */
final class LogfmtText {
  private static final int REPLACEMENT = 0xfffd;

  private LogfmtText() {}

  /** Returns whether every escape is well formed. */
  static boolean valid(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != '\\') {
        continue;
      }
      i++;
      if (i >= to || plain(bytes[i]) < 0 && !isUnicode(bytes, i, to)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnicode(byte[] bytes, int i, int to) {
    return bytes[i] == 'u' && JsonText.hex4(bytes, i + 1, to) >= 0;
  }

  /** Writes the unescaped text of a valid value into the arena as its current piece. */
  static void unescape(byte[] bytes, int from, int to, Arena arena) {
    arena.begin();
    for (int i = from; i < to; ) {
      if (bytes[i] != '\\') {
        arena.append(bytes[i++]);
      } else if (bytes[i + 1] == 'u') {
        i = unicode(bytes, i, to, arena);
      } else {
        arena.append((byte) plain(bytes[i + 1]));
        i += 2;
      }
    }
  }

  /** Appends one code point; a surrogate without its partner becomes U+FFFD. */
  private static int unicode(byte[] bytes, int i, int to, Arena arena) {
    int unit = JsonText.hex4(bytes, i + 2, to);
    int after = i + 6;
    if (!Character.isSurrogate((char) unit)) {
      arena.appendCodePoint(unit);
      return after;
    }
    boolean another = after + 6 <= to && bytes[after] == '\\' && bytes[after + 1] == 'u';
    int low = another ? JsonText.hex4(bytes, after + 2, to) : -1;
    if (low < 0 || !Character.isSurrogatePair((char) unit, (char) low)) {
      arena.appendCodePoint(REPLACEMENT);
      return after;
    }
    arena.appendCodePoint(Character.toCodePoint((char) unit, (char) low));
    return after + 6;
  }

  private static int plain(byte b) {
    return switch (b) {
      case '"', '\\', '/', '\'' -> b;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }
}
