package dev.skald.logql.syntax;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Sizes in bytes as people write them, {@code 5KB} or {@code 1.5 GiB} (logql.md §12.4). */
public final class ByteSizes {
  private static final double TWO_POW_64 = 0x1p64;
  private static final String DECIMAL_UNITS = "kMGTPE";

  private ByteSizes() {}

  /**
   * Reads a size.
   *
   * @return the size as an unsigned 64-bit number
   * @throws IllegalArgumentException with Loki's text: {@code unhandled size name: e3}, {@code too
   *     large: …}, or that of {@link GoFloat#parse}
   */
  public static long parse(String text) {
    int end = 0;
    while (end < text.length() && isNumberPart(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    double count = GoFloat.parse(text.substring(0, end).replace(",", ""));
    String unit = text.substring(end).strip().toLowerCase(Locale.ROOT);
    double size = count * factor(unit);
    if (size >= TWO_POW_64) {
      throw new IllegalArgumentException("too large: " + text);
    }
    return size < 0x1p63 ? (long) size : (long) (size - 0x1p63) + Long.MIN_VALUE;
  }

  private static boolean isNumberPart(int codePoint) {
    return codePoint == '.' || codePoint == ',' || Character.isDigit(codePoint);
  }

  private static double factor(String unit) {
    return switch (unit) {
      case "", "b" -> 1;
      case "k", "kb" -> 1e3;
      case "m", "mb" -> 1e6;
      case "g", "gb" -> 1e9;
      case "t", "tb" -> 1e12;
      case "p", "pb" -> 1e15;
      case "e", "eb" -> 1e18;
      case "ki", "kib" -> 0x1p10;
      case "mi", "mib" -> 0x1p20;
      case "gi", "gib" -> 0x1p30;
      case "ti", "tib" -> 0x1p40;
      case "pi", "pib" -> 0x1p50;
      case "ei", "eib" -> 0x1p60;
      default -> throw new IllegalArgumentException("unhandled size name: " + unit);
    };
  }

  /**
   * Prints in powers of thousand with two or three digits, {@code 1.0kB} or {@code 15MB}; small
   * parts are rounded away.
   *
   * @param bytes an unsigned 64-bit number
   */
  public static String print(long bytes) {
    BigDecimal size = new BigDecimal(Long.toUnsignedString(bytes));
    if (Long.compareUnsigned(bytes, 10) < 0) {
      return bytes + "B";
    }
    int power = (size.precision() - 1) / 3;
    BigDecimal count = size.movePointLeft(3 * power).setScale(1, RoundingMode.HALF_UP);
    boolean oneDecimal = count.compareTo(BigDecimal.TEN) < 0;
    String digits = count.setScale(oneDecimal ? 1 : 0, RoundingMode.HALF_EVEN).toPlainString();
    return digits + (power == 0 ? "B" : DECIMAL_UNITS.charAt(power - 1) + "B");
  }

  /**
   * Prints so that the value reads back: as {@link #print} does where that loses nothing, else in
   * bytes. Unlike in Loki a threshold keeps its value.
   */
  public static String printExact(long bytes) {
    if (bytes == 0) {
      return "0.0B"; // The scanner takes 0B for the beginning of a binary number.
    }
    String rounded = print(bytes);
    // The units P and E cannot be written in a query: the scanner takes them for exponents.
    boolean writable = rounded.indexOf('P') < 0 && rounded.indexOf('E') < 0;
    return writable && parse(rounded) == bytes ? rounded : Long.toUnsignedString(bytes) + "B";
  }
}
