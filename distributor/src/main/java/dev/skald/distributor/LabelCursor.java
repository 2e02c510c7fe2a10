package dev.skald.distributor;

import java.nio.charset.StandardCharsets;

/** A place in the text of a label set. Not safe for use by several threads. */
final class LabelCursor {
  /** What {@link #peek} returns at the end of the text. */
  static final int END = -1;

  final byte[] text;
  int at;

  LabelCursor(byte[] text) {
    this.text = text;
  }

  /** Returns the byte that stands here, from 0 to 255, or {@link #END}. */
  int peek() {
    return at < text.length ? text[at] & 0xff : END;
  }

  /** Returns the character that stands here; U+FFFD if its bytes are malformed. */
  int codePoint() {
    int end = Math.min(text.length, at + 4);
    return new String(text, at, end - at, StandardCharsets.UTF_8).codePointAt(0);
  }

  void skipBlanks() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
      at++;
    }
  }

  boolean atNameStart() {
    int next = peek();
    return next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z' || next == '_';
  }

  boolean atQuote() {
    return peek() == '"' || peek() == '\'' || peek() == '`';
  }

  /**
   * Takes a name.
   *
   * @param colons whether they may be part of it, as in the name of a metric
   */
  String name(boolean colons) {
    int start = at;
    while (atNameStart() || colons && peek() == ':' || at > start && atDigit()) {
      at++;
    }
    return new String(text, start, at - start, StandardCharsets.US_ASCII);
  }

  private boolean atDigit() {
    return peek() >= '0' && peek() <= '9';
  }

  LabelParseException error(String reason) {
    return error(at, reason);
  }

  /** An error at a place of the text, which is told as line and column. */
  LabelParseException error(int position, String reason) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < position; i++) {
      if (text[i] == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new LabelParseException(line, position - lineStart + 1, reason);
  }
}
