package dev.skald.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as Loki writes them: {@code 256KB}, {@code 1536KB}, {@code 0B}; 1 KB is 1024 bytes
 * (config-and-clients.md §1.1).
 */
public final class ByteSizes {
  private static final Pattern FORM = Pattern.compile("(\\d{1,19}) ?(|[KMGTPE]?B)");
  private static final String UNITS = "BKMGTPE";

  private ByteSizes() {}

  /**
   * Reads {@code 256KB}, in any case, or plain bytes.
   *
   * @throws IllegalArgumentException if the text is no whole number with a unit, or too large
   */
  public static long parse(String text) {
    Matcher form = FORM.matcher(text.strip().toUpperCase(Locale.ROOT));
    if (!form.matches()) {
      throw new IllegalArgumentException("wanted whole bytes or a size like 256KB, 4MB, 1GB");
    }
    int power = form.group(2).isEmpty() ? 0 : UNITS.indexOf(form.group(2).charAt(0));
    try {
      return Math.multiplyExact(Long.parseLong(form.group(1)), 1L << (10 * power));
    } catch (ArithmeticException | NumberFormatException tooLarge) {
      throw new IllegalArgumentException("the size is too large", tooLarge);
    }
  }

  /** Prints with the largest unit that leaves a whole number. */
  public static String print(long bytes) {
    long rest = bytes;
    int power = 0;
    while (rest != 0 && rest % 1024 == 0 && power < UNITS.length() - 1) {
      rest /= 1024;
      power++;
    }
    return rest + (power == 0 ? "B" : UNITS.charAt(power) + "B");
  }
}
