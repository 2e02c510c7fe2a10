package dev.skald.distributor;

import dev.skald.logql.GoQuote;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the text of a label set, {@code {a="b", "utf.8"='c'}}, by the grammar of Prometheus metrics
 * (http-api.md §4.3). A leading bare name becomes the label {@code __name__}.
 */
final class LabelParser {
  /** A label as read; names may stand twice. */
  record Pair(String name, String value) {}

  private static final int END = -1;

  private final byte[] text;
  private final List<Pair> pairs = new ArrayList<>();
  private int at;

  private LabelParser(byte[] text) {
    this.text = text;
  }

  /** Returns the labels in the order of the text. */
  static List<Pair> parse(byte[] text) throws LabelParseException {
    LabelParser parser = new LabelParser(text);
    parser.checkUtf8();
    parser.metric();
    return parser.pairs;
  }

  private void checkUtf8() throws LabelParseException {
    String decoded = new String(text, StandardCharsets.UTF_8);
    int bad = decoded.indexOf('\uFFFD');
    if (bad >= 0) {
      int position = decoded.substring(0, bad).getBytes(StandardCharsets.UTF_8).length;
      throw new LabelParseException(position, "invalid UTF-8 rune");
    }
  }

  private void metric() throws LabelParseException {
    skipBlanks();
    if (isNameStart(peek())) {
      pairs.add(new Pair("__name__", identifier()));
      skipBlanks();
      if (peek() == END) {
        return;
      }
    }
    if (peek() != '{') {
      throw unexpected("unexpected " + describe());
    }
    at++;
    labels();
    skipBlanks();
    if (peek() != END) {
      throw unexpected("unexpected " + describe());
    }
  }

  private void labels() throws LabelParseException {
    skipBlanks();
    while (peek() != '}') {
      label();
      skipBlanks();
      if (peek() == ',') {
        at++;
        skipBlanks();
      } else if (peek() != '}') {
        requireInside();
        throw unexpected("unexpected " + describe() + " in label set, expected \",\" or \"}\"");
      }
    }
    at++;
  }

  private void label() throws LabelParseException {
    requireInside();
    String name;
    if (isQuote(peek())) {
      name = string();
      skipBlanks();
      if (peek() == ',' || peek() == '}') {
        pairs.add(new Pair("__name__", name));
        return;
      }
    } else if (isNameStart(peek())) {
      name = identifier();
      skipBlanks();
    } else {
      throw unexpected("unexpected " + describe() + " in label set, expected identifier or \"}\"");
    }
    requireInside();
    if (peek() != '=') {
      throw unexpected("unexpected " + describe() + " in label set, expected \"=\"");
    }
    at++;
    skipBlanks();
    requireInside();
    if (!isQuote(peek())) {
      throw unexpected("unexpected " + describe() + " in label set, expected string");
    }
    pairs.add(new Pair(name, string()));
  }

  /** Rejects what no token inside braces begins with. */
  private void requireInside() throws LabelParseException {
    int next = peek();
    if (next == END) {
      throw unexpected("unexpected end of input inside braces");
    }
    boolean token =
        isQuote(next)
            || isNameStart(next)
            || next == '='
            || next == ','
            || next == '}'
            || next == '{';
    if (!token) {
      throw unexpected("unexpected character inside braces: " + quoteChar(codePoint()));
    }
  }

  private static String quoteChar(int codePoint) {
    String quoted = GoQuote.quote(new String(Character.toChars(codePoint)));
    return "'" + quoted.substring(1, quoted.length() - 1).replace("\\\"", "\"") + "'";
  }

  private int codePoint() {
    int end = Math.min(text.length, at + 4);
    return new String(text, at, end - at, StandardCharsets.UTF_8).codePointAt(0);
  }

  private String describe() {
    int next = peek();
    if (next == END) {
      return "end of input";
    }
    if (isNameStart(next)) {
      int start = at;
      String name = identifier();
      at = start;
      return "identifier " + GoQuote.quote(name);
    }
    if (isQuote(next)) {
      return "string";
    }
    return GoQuote.quote(new String(Character.toChars(codePoint())));
  }

  private LabelParseException unexpected(String reason) {
    return new LabelParseException(at, reason);
  }

  private int peek() {
    return at < text.length ? text[at] : END;
  }

  private void skipBlanks() {
    while (at < text.length
        && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) {
      at++;
    }
  }

  private static boolean isQuote(int b) {
    return b == '"' || b == '\'' || b == '`';
  }

  private static boolean isNameStart(int b) {
    return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_';
  }

  private String identifier() {
    int start = at;
    while (at < text.length && (isNameStart(text[at]) || text[at] >= '0' && text[at] <= '9')) {
      at++;
    }
    return new String(text, start, at - start, StandardCharsets.US_ASCII);
  }

  private String string() throws LabelParseException {
    int start = at;
    byte quote = text[at++];
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    while (at < text.length && text[at] != quote) {
      if (text[at] == '\\' && quote != '`') {
        at++;
        escape(start, value);
      } else if (text[at] == '\n' && quote != '`') {
        throw new LabelParseException(start, "unterminated quoted string");
      } else {
        value.write(text[at++]);
      }
    }
    if (at == text.length) {
      throw new LabelParseException(
          start, "unterminated " + (quote == '`' ? "raw" : "quoted") + " string");
    }
    at++;
    return value.toString(StandardCharsets.UTF_8);
  }

  private void escape(int start, ByteArrayOutputStream value) throws LabelParseException {
    if (at == text.length) {
      throw new LabelParseException(start, "escape sequence not terminated");
    }
    byte kind = text[at++];
    switch (kind) {
      case 'a' -> value.write(7);
      case 'b' -> value.write('\b');
      case 'f' -> value.write('\f');
      case 'n' -> value.write('\n');
      case 'r' -> value.write('\r');
      case 't' -> value.write('\t');
      case 'v' -> value.write(11);
      case '\\', '"', '\'' -> value.write(kind);
      case 'x' -> value.write(digits(start, 2, 16));
      case 'u' -> writeCodePoint(value, digits(start, 4, 16));
      case 'U' -> writeCodePoint(value, digits(start, 8, 16));
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        value.write(digits(start, 3, 8));
      }
      default -> throw new LabelParseException(start, "unknown escape sequence " + quoteChar(kind));
    }
  }

  private int digits(int start, int count, int radix) throws LabelParseException {
    int value = 0;
    for (int i = 0; i < count; i++) {
      int digit = at < text.length ? Character.digit(text[at], radix) : -1;
      if (digit < 0) {
        throw new LabelParseException(start, "illegal character in escape sequence");
      }
      value = value * radix + digit;
      at++;
    }
    return value;
  }

  private static void writeCodePoint(ByteArrayOutputStream value, int codePoint) {
    boolean valid =
        Character.isValidCodePoint(codePoint) && !(codePoint >= 0xD800 && codePoint <= 0xDFFF);
    value.writeBytes(
        new String(Character.toChars(valid ? codePoint : 0xFFFD)).getBytes(StandardCharsets.UTF_8));
  }
}
