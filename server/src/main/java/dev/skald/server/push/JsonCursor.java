package dev.skald.server.push;

import java.nio.charset.StandardCharsets;

/**
 * Walks over JSON text in place. Strings are unescaped where they stand, which never makes them
 * longer; so a body can be walked once only. Not safe for use by several threads.
 */
final class JsonCursor {
  private static final int MAX_DEPTH = 512;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int start;
  private int length;
  private boolean intact = true;

  JsonCursor(byte[] bytes, int length) {
    this.bytes = bytes;
    this.end = length;
  }

  /** Whether the text is still as it came: no string of it was unescaped. */
  boolean intact() {
    return intact;
  }

  /** Where the string or raw value that was read last begins. */
  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /** The string that was read last, decoded. */
  String text() {
    return new String(bytes, start, length, StandardCharsets.UTF_8);
  }

  /** Returns the next byte that is no blank, from 0 to 255, without taking it; -1 at the end. */
  int peek() {
    while (at < end) {
      int b = bytes[at] & 0xff;
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    return -1;
  }

  /** Takes a byte that must come next. */
  void expect(char wanted, String where) throws DecodeException {
    if (peek() != wanted) {
      throw unexpected("'" + wanted + "'", where);
    }
    at++;
  }

  /** Takes a byte if it comes next. */
  boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** Takes {@code null} if it comes next. */
  boolean takeNull() {
    if (peek() != 'n' || end - at < 4) {
      return false;
    }
    if (bytes[at + 1] != 'u' || bytes[at + 2] != 'l' || bytes[at + 3] != 'l') {
      return false;
    }
    at += 4;
    return true;
  }

  /**
   * Takes the key of the next member of an object that was begun, and its colon.
   *
   * @return false if the object ends here; its brace is then taken
   */
  boolean nextKey(boolean first, String where) throws DecodeException {
    if (take('}')) {
      return false;
    }
    if (!first) {
      expect(',', where);
    }
    string(where + ": a key");
    int keyStart = start;
    int keyLength = length;
    expect(':', where);
    start = keyStart;
    length = keyLength;
    return true;
  }

  /**
   * Goes to the next element of an array that was begun.
   *
   * @return false if the array ends here; its bracket is then taken
   */
  boolean nextElement(boolean first, String where) throws DecodeException {
    if (take(']')) {
      return false;
    }
    if (!first) {
      expect(',', where);
    }
    return true;
  }

  /** Takes a string and unescapes it. */
  void string(String where) throws DecodeException {
    if (peek() != '"') {
      throw unexpected("a string", where);
    }
    at++;
    start = at;
    while (at < end) {
      byte b = bytes[at];
      if (b == '"') {
        length = at - start;
        at++;
        return;
      }
      if (b == '\\') {
        unescape(where);
        return;
      }
      at++;
    }
    throw unexpected("the end of a string", where);
  }

  private void unescape(String where) throws DecodeException {
    intact = false;
    int to = at;
    while (at < end) {
      byte b = bytes[at++];
      if (b == '"') {
        length = to - start;
        return;
      }
      if (b != '\\') {
        bytes[to++] = b;
      } else {
        to = escape(to, where);
      }
    }
    throw unexpected("the end of a string", where);
  }

  private int escape(int to, String where) throws DecodeException {
    int kind = at < end ? bytes[at++] : -1;
    switch (kind) {
      case '"', '\\', '/' -> bytes[to] = (byte) kind;
      case 'b' -> bytes[to] = '\b';
      case 'f' -> bytes[to] = '\f';
      case 'n' -> bytes[to] = '\n';
      case 'r' -> bytes[to] = '\r';
      case 't' -> bytes[to] = '\t';
      case 'u' -> {
        return to + Utf8.write(bytes, to, codePoint(where));
      }
      default ->
          throw new DecodeException(where + ": invalid escape in a string at byte " + (at - 1));
    }
    return to + 1;
  }

  /** A lone surrogate is no character; it becomes U+FFFD. */
  private int codePoint(String where) throws DecodeException {
    int first = hex(where);
    if (!Character.isSurrogate((char) first)) {
      return first;
    }
    boolean pair =
        Character.isHighSurrogate((char) first)
            && end - at >= 6
            && bytes[at] == '\\'
            && bytes[at + 1] == 'u';
    if (pair) {
      int mark = at;
      at += 2;
      int second = hex(where);
      if (Character.isLowSurrogate((char) second)) {
        return Character.toCodePoint((char) first, (char) second);
      }
      at = mark;
    }
    return 0xFFFD;
  }

  private int hex(String where) throws DecodeException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < end ? Character.digit(bytes[at], 16) : -1;
      if (digit < 0) {
        throw new DecodeException(where + ": invalid \\u escape in a string at byte " + at);
      }
      value = value << 4 | digit;
      at++;
    }
    return value;
  }

  /** Takes any value; its text is then {@link #start} and {@link #length}. */
  void raw(String where) throws DecodeException {
    peek();
    int from = at;
    skip(where, 0);
    start = from;
    length = at - from;
  }

  private void skip(String where, int depth) throws DecodeException {
    if (depth > MAX_DEPTH) {
      throw new DecodeException(where + ": nested more than " + MAX_DEPTH + " deep");
    }
    switch (peek()) {
      case '{' -> {
        at++;
        boolean first = true;
        while (!take('}')) {
          if (!first) {
            expect(',', where);
          }
          first = false;
          skipString(where);
          expect(':', where);
          skip(where, depth + 1);
        }
      }
      case '[' -> {
        at++;
        boolean first = true;
        while (nextElement(first, where)) {
          first = false;
          skip(where, depth + 1);
        }
      }
      case '"' -> skipString(where);
      default -> scalar(where);
    }
  }

  private void skipString(String where) throws DecodeException {
    expect('"', where);
    while (at < end && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    if (at >= end) {
      throw unexpected("the end of a string", where);
    }
    at++;
  }

  private void scalar(String where) throws DecodeException {
    int from = at;
    while (at < end && isScalar(bytes[at])) {
      at++;
    }
    if (!isLiteral(from)) {
      at = from;
      throw unexpected("a value", where);
    }
  }

  /** Whether what stands between a place and the cursor is a number, a boolean or null. */
  private boolean isLiteral(int from) {
    int first = from < at ? bytes[from] : -1;
    return switch (first) {
      case 't' -> stands("true", from);
      case 'f' -> stands("false", from);
      case 'n' -> stands("null", from);
      default -> first == '-' || first >= '0' && first <= '9';
    };
  }

  private boolean stands(String word, int from) {
    boolean same = at - from == word.length();
    for (int i = 0; same && i < word.length(); i++) {
      same = bytes[from + i] == word.charAt(i);
    }
    return same;
  }

  private static boolean isScalar(byte b) {
    return b >= '0' && b <= '9'
        || b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b == '-'
        || b == '+'
        || b == '.';
  }

  DecodeException unexpected(String wanted, String where) {
    int next = peek();
    String got = next < 0 ? "the end of the body" : "'" + (char) next + "'";
    return new DecodeException(where + ": want " + wanted + ", got " + got + " at byte " + at);
  }
}
