package dev.skald.logql.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads JSON as Go's {@code encoding/json} does into a value of any type. */
final class JsonReader {
  private static final int MAX_DEPTH = 300;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Returns the value that a text spells, one byte a char; null if it is malformed.
   *
   * <p>Objects are maps, arrays lists, all numbers {@link Double}.
   */
  static Object read(String text) {
    JsonReader reader = new JsonReader(text);
    try {
      Object value = reader.value();
      reader.skipBlanks();
      return reader.at == text.length() ? value : null;
    } catch (Malformed _) {
      return null;
    }
  }

  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super(null, null, false, false);
    }
  }

  private Object value() throws Malformed {
    skipBlanks();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", Boolean.TRUE);
      case 'f' -> word("false", Boolean.FALSE);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object() throws Malformed {
    enter();
    Map<String, Object> result = new HashMap<>();
    if (!closes('}')) {
      do {
        skipBlanks();
        String key = string();
        skipBlanks();
        expect(':');
        result.put(key, value());
      } while (continues('}'));
    }
    depth--;
    return result;
  }

  private List<Object> array() throws Malformed {
    enter();
    List<Object> result = new ArrayList<>();
    if (!closes(']')) {
      do {
        result.add(value());
      } while (continues(']'));
    }
    depth--;
    return result;
  }

  private void enter() throws Malformed {
    at++;
    if (++depth > MAX_DEPTH) {
      throw new Malformed();
    }
  }

  private boolean closes(char end) {
    skipBlanks();
    boolean closes = peek() == end;
    at += closes ? 1 : 0;
    return closes;
  }

  private boolean continues(char end) throws Malformed {
    if (closes(end)) {
      return false;
    }
    expect(',');
    return true;
  }

  private Object word(String word, Object value) throws Malformed {
    if (!text.startsWith(word, at)) {
      throw new Malformed();
    }
    at += word.length();
    return value;
  }

  private Double number() throws Malformed {
    int end = at;
    while (end < text.length() && "+-.eE0123456789".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    String digits = text.substring(at, end);
    if (!NUMBER.matcher(digits).matches()) {
      throw new Malformed();
    }
    at = end;
    double value = Double.parseDouble(digits);
    return Double.isInfinite(value) ? null : Double.valueOf(value);
  }

  private String string() throws Malformed {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (true) {
      int c = peek();
      if (c < ' ') {
        throw new Malformed();
      }
      if (c == '"') {
        at++;
        return ByteText.encode(out.toString());
      }
      if (c == '\\') {
        escape(out);
      } else {
        int codePoint = ByteText.codePointAt(text, at);
        out.appendCodePoint(codePoint < 0 ? ByteText.REPLACEMENT : codePoint);
        at += ByteText.size(codePoint);
      }
    }
  }

  private void escape(StringBuilder out) throws Malformed {
    at++;
    int c = peek();
    at++;
    switch (c) {
      case '"', '\\', '/' -> out.append((char) c);
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u' -> unicode(out);
      default -> throw new Malformed();
    }
  }

  /** Reads the digits of an escape, or of two that make a pair; half a pair becomes U+FFFD. */
  private void unicode(StringBuilder out) throws Malformed {
    int unit = hex();
    if (!Character.isSurrogate((char) unit)) {
      out.append((char) unit);
      return;
    }
    int mark = at;
    if (Character.isHighSurrogate((char) unit) && text.startsWith("\\u", at)) {
      at += 2;
      int low = hex();
      if (Character.isLowSurrogate((char) low)) {
        out.append((char) unit).append((char) low);
        return;
      }
      at = mark;
    }
    out.appendCodePoint(ByteText.REPLACEMENT);
  }

  private int hex() throws Malformed {
    int value = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw new Malformed();
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private void expect(char c) throws Malformed {
    if (peek() != c) {
      throw new Malformed();
    }
    at++;
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : -1;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
