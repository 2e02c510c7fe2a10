package dev.skald.server.push;

import java.nio.charset.StandardCharsets;

/** Reads decimal numbers from bytes. */
final class Decimals {
  private Decimals() {}

  /**
   * Reads digits with an optional minus sign.
   *
   * @throws DecodeException if it is no such number or does not fit 64 bits
   */
  static long parseLong(byte[] bytes, int start, int length, String where) throws DecodeException {
    int end = start + length;
    boolean negative = length > 0 && bytes[start] == '-';
    int at = negative ? start + 1 : start;
    if (at == end) {
      throw invalid(bytes, start, length, where);
    }
    long value = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      boolean overflow = value < (Long.MIN_VALUE + digit) / 10;
      if (digit < 0 || digit > 9 || overflow) {
        throw invalid(bytes, start, length, where);
      }
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw invalid(bytes, start, length, where);
    }
    return negative ? value : -value;
  }

  private static DecodeException invalid(byte[] bytes, int start, int length, String where) {
    String text = new String(bytes, start, Math.min(length, 40), StandardCharsets.UTF_8);
    return new DecodeException(
        where + ": want unix nanoseconds as decimal digits, got \"" + text + "\"");
  }
}
