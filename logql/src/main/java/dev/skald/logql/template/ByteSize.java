package dev.skald.logql.template;

import java.util.Locale;

/** Humanised byte sizes such as {@code 3 MB} (logql.md §12.4). */
final class ByteSize {
  private static final String PREFIXES = "kmgtpe";

  private ByteSize() {}

  /**
   * Returns the number of bytes.
   *
   * @throws FunctionException with Loki's text if the text is no size
   */
  static double parse(String text) {
    int end = 0;
    boolean comma = false;
    while (end < text.length() && isOfNumber(ByteText.codePointAt(text, end))) {
      comma |= text.charAt(end) == ',';
      end += ByteText.size(ByteText.codePointAt(text, end));
    }
    String number = text.substring(0, end);
    double value = GoNumber.parseFloat(comma ? number.replace(",", "") : number);
    String rest = ByteText.decode(text.substring(end)).strip().toLowerCase(Locale.ROOT);
    double product = value * multiplier(rest);
    if (product >= 0x1p64) {
      throw new FunctionException("too large: " + text);
    }
    return Math.floor(product);
  }

  private static boolean isOfNumber(int codePoint) {
    return codePoint == '.' || codePoint == ',' || codePoint > 0 && Character.isDigit(codePoint);
  }

  private static double multiplier(String unit) {
    if (unit.isEmpty() || unit.equals("b")) {
      return 1;
    }
    int power = PREFIXES.indexOf(unit.charAt(0)) + 1;
    if (power > 0) {
      switch (unit.substring(1)) {
        case "", "b" -> {
          return Math.pow(1000, power);
        }
        case "i", "ib" -> {
          return Math.pow(1024, power);
        }
        default -> {}
      }
    }
    throw new FunctionException("unhandled size name: " + ByteText.encode(unit));
  }
}
