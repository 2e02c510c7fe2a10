package dev.skald.logql.stage;

import dev.skald.logql.syntax.GoFloat;
import java.nio.charset.StandardCharsets;

/** Numbers as label values spell them, read from bytes as {@link GoFloat#parse} reads text. */
final class FloatText {
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
  };
  private static final int EXACT_DIGITS = 15;

  private FloatText() {}

  /** Converts a range of bytes; false with Go's message where it is no number. */
  static boolean parse(byte[] bytes, int from, int to, Converted out) {
    if (plainDecimal(bytes, from, to, out)) {
      return true;
    }
    try {
      return out.number(GoFloat.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8)));
    } catch (NumberFormatException e) {
      return out.fail(e.getMessage());
    }
  }

  /** Reads {@code 123} and {@code -1.25}, as long as a double holds the digits exactly. */
  private static boolean plainDecimal(byte[] bytes, int from, int to, Converted out) {
    int first = from < to && bytes[from] == '-' ? from + 1 : from;
    if (to - first > EXACT_DIGITS + 1) {
      return false;
    }
    long digits = 0;
    int point = -1;
    for (int i = first; i < to; i++) {
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
    if (count <= 0 || count > EXACT_DIGITS) {
      return false;
    }
    double value = point < 0 ? digits : digits / POWERS_OF_TEN[to - point - 1];
    return out.number(first > from ? -value : value);
  }
}
