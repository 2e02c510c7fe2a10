package dev.skald.logql.stage;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Sizes in bytes as people write them, {@code 5KB}, {@code 1.5 GiB}, {@code 1,024} (§12.4). */
final class SizeText {
  private static final double TWO_TO_63 = 0x1p63;
  private static final double TWO_TO_64 = 0x1p64;

  private SizeText() {}

  /** Converts a range of bytes; the result is unsigned. */
  static boolean parse(byte[] bytes, int from, int to, Converted out) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    int end = numberEnd(text);
    if (!FloatText.parse(text.substring(0, end).replace(",", ""), out)) {
      return false;
    }
    String unit = text.substring(end).strip().toLowerCase(Locale.ROOT);
    double factor = factor(unit);
    if (factor == 0) {
      return out.fail("unhandled size name: " + unit);
    }
    double size = out.number * factor;
    if (size >= TWO_TO_64) {
      return out.fail("too large: " + text);
    }
    out.number(size);
    return out.integer(size >= TWO_TO_63 ? (long) (size - TWO_TO_63) + Long.MIN_VALUE : (long) size);
  }

  private static int numberEnd(String text) {
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (c != '.' && c != ',' && !Character.isDigit(c)) {
        return i;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private static double factor(String unit) {
    return switch (unit) {
      case "", "b" -> 1;
      case "k", "kb" -> 1e3;
      case "ki", "kib" -> 0x1p10;
      case "m", "mb" -> 1e6;
      case "mi", "mib" -> 0x1p20;
      case "g", "gb" -> 1e9;
      case "gi", "gib" -> 0x1p30;
      case "t", "tb" -> 1e12;
      case "ti", "tib" -> 0x1p40;
      case "p", "pb" -> 1e15;
      case "pi", "pib" -> 0x1p50;
      case "e", "eb" -> 1e18;
      case "ei", "eib" -> 0x1p60;
      default -> 0;
    };
  }
}
