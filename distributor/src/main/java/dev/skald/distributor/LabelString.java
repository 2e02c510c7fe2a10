package dev.skald.distributor;

import dev.skald.logql.GoQuote;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads a quoted string of a label set, with the escapes that Prometheus knows. */
final class LabelString {
  private static final int REPLACEMENT = 0xFFFD;

  private final LabelCursor cursor;
  private final int start;
  private final int quote;
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();

  private LabelString(LabelCursor cursor) {
    this.cursor = cursor;
    this.start = cursor.at;
    this.quote = cursor.peek();
  }

  /** Takes the string that stands at the cursor and returns what it means. */
  static String read(LabelCursor cursor) throws LabelParseException {
    LabelString string = new LabelString(cursor);
    string.read();
    return string.value.toString(StandardCharsets.UTF_8);
  }

  private void read() throws LabelParseException {
    cursor.at++;
    while (cursor.peek() != quote) {
      int next = cursor.peek();
      if (next == LabelCursor.END || next == '\n' && quote != '`') {
        throw error("unterminated " + (quote == '`' ? "raw" : "quoted") + " string");
      }
      if (next == '\\' && quote != '`') {
        cursor.at++;
        escape();
      } else {
        character();
      }
    }
    cursor.at++;
  }

  private void character() throws LabelParseException {
    int codePoint = cursor.codePoint();
    if (codePoint == REPLACEMENT) {
      throw error("invalid UTF-8 rune");
    }
    int bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
    value.write(cursor.text, cursor.at, bytes);
    cursor.at += bytes;
  }

  private void escape() throws LabelParseException {
    int kind = cursor.peek();
    if (kind == LabelCursor.END) {
      throw error("escape sequence not terminated");
    }
    int plain = kind == quote ? quote : GoQuote.unescaped(kind);
    if (plain >= 0) {
      cursor.at++;
      value.write(plain);
      return;
    }
    if (kind >= '0' && kind <= '7') {
      writeByte(digits(3, 8));
      return;
    }
    int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits == 0) {
      throw error("unknown escape sequence " + unicode(cursor.codePoint()));
    }
    cursor.at++;
    if (kind == 'x') {
      writeByte(digits(digits, 16));
    } else {
      writeCodePoint(digits(digits, 16));
    }
  }

  private long digits(int count, int radix) throws LabelParseException {
    long number = 0;
    for (int i = 0; i < count; i++) {
      if (cursor.peek() == LabelCursor.END) {
        throw error("escape sequence not terminated");
      }
      int digit = Character.digit(cursor.peek(), radix);
      if (digit < 0) {
        String got = unicode(cursor.codePoint());
        throw error("illegal character " + got + " in escape sequence");
      }
      number = number * radix + digit;
      cursor.at++;
    }
    return number;
  }

  private void writeByte(long number) throws LabelParseException {
    if (number > 0xFF) {
      throw error("escape sequence is an invalid Unicode code point");
    }
    value.write((int) number);
  }

  private void writeCodePoint(long number) throws LabelParseException {
    boolean surrogate = number >= 0xD800 && number <= 0xDFFF;
    if (surrogate || number > Character.MAX_CODE_POINT) {
      throw error("escape sequence is an invalid Unicode code point");
    }
    value.writeBytes(Character.toString((int) number).getBytes(StandardCharsets.UTF_8));
  }

  private LabelParseException error(String reason) {
    return cursor.error(start, reason);
  }

  /** As Go names a character: {@code U+0071 'q'}. */
  private static String unicode(int codePoint) {
    String number = String.format("U+%04X", codePoint);
    return GoQuote.isPrintable(codePoint)
        ? number + " '" + Character.toString(codePoint) + "'"
        : number;
  }
}
