package dev.skald.logql.stage;

import dev.skald.logql.GoQuote;
import java.nio.charset.StandardCharsets;

/**
 * Floating-point numbers as Go's {@code strconv.ParseFloat} reads them (logql.md §12.2): decimal or
 * hexadecimal with an exponent, {@code _} between digits, {@code inf} and {@code nan} in any case.
 */
final class FloatText {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22
  };
  private static final int EXACT_DIGITS = 15;

  private FloatText() {}

  /** Converts a range of bytes; false with a message where it is no number. */
  static boolean parse(byte[] bytes, int from, int to, Converted out) {
    if (plainDecimal(bytes, from, to, out)) {
      return true;
    }
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return parse(text, out);
  }

  static boolean parse(String text, Converted out) {
    Double special = special(text);
    if (special != null) {
      return out.number(special);
    }
    if (!wellFormed(text)) {
      return out.fail("strconv.ParseFloat: parsing " + GoQuote.quote(text) + ": invalid syntax");
    }
    double value = Double.parseDouble(text.replace("_", ""));
    if (Double.isInfinite(value)) {
      return out.fail("strconv.ParseFloat: parsing " + GoQuote.quote(text) + ": value out of range");
    }
    return out.number(value);
  }

  /** Reads {@code 123} and {@code -1.25}, whose digits a double holds exactly. */
  private static boolean plainDecimal(byte[] bytes, int from, int to, Converted out) {
    int i = from < to && bytes[from] == '-' ? from + 1 : from;
    int first = i;
    long digits = 0;
    int point = -1;
    for (; i < to; i++) {
      byte b = bytes[i];
      if (Bytes.isDigit(b)) {
        digits = digits * 10 + (b - '0');
      } else if (b == '.' && point < 0) {
        point = i;
      } else {
        return false;
      }
    }
    int count = to - first - (point < 0 ? 0 : 1);
    if (count == 0 || count > EXACT_DIGITS) {
      return false;
    }
    double value = point < 0 ? digits : digits / POWERS_OF_TEN[to - point - 1];
    return out.number(bytes[from] == '-' ? -value : value);
  }

  private static Double special(String text) {
    boolean signed = !text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-');
    String word = signed ? text.substring(1) : text;
    if (word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity")) {
      return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return !signed && word.equalsIgnoreCase("nan") ? Double.NaN : null;
  }

  private static boolean wellFormed(String text) {
    int i = 0;
    int end = text.length();
    if (i < end && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
      i++;
    }
    boolean hex = i + 1 < end && text.charAt(i) == '0' && (text.charAt(i + 1) | 0x20) == 'x';
    int number = hex ? i + 2 : i;
    i = skipDigits(text, number, hex);
    int digits = i - number;
    if (i < end && text.charAt(i) == '.') {
      int fraction = i + 1;
      i = skipDigits(text, fraction, hex);
      digits += i - fraction;
    }
    if (digits == 0) {
      return false;
    }
    if (i < end && (text.charAt(i) | 0x20) == (hex ? 'p' : 'e')) {
      i++;
      if (i < end && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      int exponent = i;
      i = skipDigits(text, i, false);
      return i > exponent && i == end && underscoresSeparateDigits(text, hex);
    }
    return !hex && i == end && underscoresSeparateDigits(text, hex);
  }

  private static int skipDigits(String text, int from, boolean hex) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean digit = c >= '0' && c <= '9' || hex && (c | 0x20) >= 'a' && (c | 0x20) <= 'f';
      if (!digit && c != '_') {
        return i;
      }
      i++;
    }
    return i;
  }

  private static boolean underscoresSeparateDigits(String text, boolean hex) {
    for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', i + 1)) {
      boolean afterPrefix = hex && i > 0 && (text.charAt(i - 1) | 0x20) == 'x';
      if (!afterPrefix && !isDigit(text, i - 1, hex) || !isDigit(text, i + 1, hex)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(String text, int index, boolean hex) {
    return index >= 0 && index < text.length() && Character.digit(text.charAt(index), hex ? 16 : 10) >= 0;
  }
}
