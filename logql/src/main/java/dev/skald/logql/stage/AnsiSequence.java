package dev.skald.logql.stage;

/**
 * ANSI escape sequences as {@code decolorize} knows them (logql.md §14): an introducer, any of
 * {@code []()#;?}, then either parameters ended by BEL or numbers and a final character.
 */
final class AnsiSequence {
  private static final byte ESCAPE = 0x1b;
  private static final byte BELL = 7;

  private AnsiSequence() {}

  /** Returns the position behind the sequence that begins at {@code i}, or -1. */
  static int end(byte[] bytes, int i, int to) {
    int start = afterIntroducer(bytes, i, to);
    if (start < 0) {
      return -1;
    }
    int leadEnd = start;
    while (leadEnd < to && isLead(bytes[leadEnd])) {
      leadEnd++;
    }
    // The lead is greedy but gives back what the rest needs, as in the regular expression.
    for (int pos = leadEnd; pos >= start; pos--) {
      int end = belled(bytes, pos, to);
      end = end < 0 ? finalled(bytes, pos, to) : end;
      if (end >= 0) {
        return end;
      }
    }
    return -1;
  }

  private static int afterIntroducer(byte[] bytes, int i, int to) {
    if (bytes[i] == ESCAPE) {
      return i + 1;
    }
    boolean c1 = bytes[i] == (byte) 0xc2 && i + 1 < to && bytes[i + 1] == (byte) 0x9b;
    return c1 ? i + 2 : -1;
  }

  private static boolean isLead(byte b) {
    return b == '[' || b == ']' || b == '(' || b == ')' || b == '#' || b == ';' || b == '?';
  }

  /** Alphanumeric words separated by {@code ;} and a BEL. */
  private static int belled(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && (isAlphanumeric(bytes[i]) || bytes[i] == ';')) {
      i++;
    }
    boolean separatorFirst = i > from && bytes[from] == ';';
    return i < to && bytes[i] == BELL && !separatorFirst ? i + 1 : -1;
  }

  /** Up to four digits, {@code ;} and up to four digits any times, and a final character. */
  private static int finalled(byte[] bytes, int from, int to) {
    int digits = skipDigits(bytes, from, to);
    int i = digits;
    if (digits > from) {
      while (i < to && bytes[i] == ';') {
        i = skipDigits(bytes, i + 1, to);
      }
    }
    // A digit may itself be the final character, and any beginning of the numbers will do.
    for (; i >= from; i--) {
      if (i < to && isFinal(bytes[i])) {
        return i + 1;
      }
    }
    return -1;
  }

  private static int skipDigits(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && i < from + 4 && Bytes.isDigit(bytes[i])) {
      i++;
    }
    return i;
  }

  private static boolean isAlphanumeric(byte b) {
    return Bytes.isDigit(b) || (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
  }

  private static boolean isFinal(byte b) {
    return Bytes.isDigit(b)
        || b >= 'A' && b <= 'P'
        || b >= 'f' && b <= 'n'
        || switch (b) {
          case 'R', 'Z', 'c', 'q', 'r', 't', 'y', '=', '>', '<', '~' -> true;
          default -> false;
        };
  }
}
