package dev.skald.logql.syntax;

import dev.skald.logql.GoQuote;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads string literals (logql.md §2.4).
 *
 * <p>Escapes may denote single bytes; a string whose bytes are not UTF-8 keeps U+FFFD in their
 * place.
 */
final class StringLexer {
  private final Source source;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  StringLexer(Source source) {
    this.source = source;
  }

  /** Reads a literal in double quotes and returns what it denotes. */
  String quoted() {
    bytes.reset();
    boolean valid = true;
    source.advance();
    while (source.peek() != '"') {
      rejectEnd();
      if (source.peek() == '\\') {
        valid &= escape('"');
      } else {
        append(source.peek());
        source.advance();
      }
    }
    source.advance();
    if (!valid) {
      throw source.error("invalid syntax");
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Reads a literal in back quotes; carriage returns are left out, as in Go. */
  String raw() {
    source.advance();
    String text = source.upTo('`');
    int length = text == null ? Integer.MAX_VALUE : text.codePointCount(0, text.length());
    for (int i = 0; i < length; i++) {
      if (source.peek() == Source.END) {
        throw source.error("literal not terminated");
      }
      source.advance();
    }
    source.advance();
    return text.replace("\r", "");
  }

  /** Reads one character in single quotes and returns it with the quotes. */
  String character() {
    int count = 0;
    source.advance();
    while (source.peek() != '\'') {
      rejectEnd();
      if (source.peek() == '\\') {
        escape('\'');
      } else {
        source.advance();
      }
      count++;
    }
    source.advance();
    if (count != 1) {
      throw source.error("invalid char literal");
    }
    return source.tokenText();
  }

  private void rejectEnd() {
    if (source.peek() == Source.END || source.peek() == '\n') {
      throw source.error("literal not terminated");
    }
  }

  /** Appends what an escape denotes; returns false if that is out of range. */
  private boolean escape(char quote) {
    source.advance();
    int c = source.peek();
    if (c >= '0' && c <= '7') {
      int value = digits(3, 8);
      bytes.write(value);
      return value <= 0xff;
    }
    source.advance();
    if (c == quote) {
      bytes.write(c);
      return true;
    }
    int letter = GoQuote.unescaped(c);
    if (letter >= 0) {
      bytes.write(letter);
      return true;
    }
    switch (c) {
      case 'x' -> bytes.write(digits(2, 16));
      case 'u' -> append(digits(4, 16));
      case 'U' -> {
        return appendIfInRange(digits(8, 16));
      }
      default -> throw source.error("invalid char escape");
    }
    return true;
  }

  private boolean appendIfInRange(int codePoint) {
    if (!Character.isValidCodePoint(codePoint)) {
      return false;
    }
    append(codePoint);
    return true;
  }

  private int digits(int count, int base) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int c = source.peek();
      int digit = c < 128 ? Character.digit(c, base) : -1;
      if (digit < 0) {
        throw source.error("invalid char escape");
      }
      value = value * base + digit;
      source.advance();
    }
    return value;
  }

  private void append(int codePoint) {
    boolean surrogate =
        codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    bytes.writeBytes(
        Character.toString(surrogate ? 0xfffd : codePoint).getBytes(StandardCharsets.UTF_8));
  }
}
