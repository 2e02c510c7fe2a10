package dev.skald.config.keys;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a plain word means in YAML 1.1, as Loki's parser reads it. */
public final class YamlScalars {
  private static final Set<String> TRUE = Set.of("y", "yes", "true", "on");
  private static final Set<String> FALSE = Set.of("n", "no", "false", "off");
  private static final Pattern WHOLE =
      Pattern.compile("[+-]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]*|[1-9][0-9]*)");
  private static final Pattern FRACTION =
      Pattern.compile("[+-]?(\\.\\d+|\\d+(\\.\\d*)?)([eE][+-]?\\d{1,3})?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}([Tt ].*)?");
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private YamlScalars() {}

  /** Whether the word stands for no value: nothing, {@code ~} or {@code null}. */
  public static boolean isNull(String text, boolean quoted) {
    return !quoted && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
  }

  /** The YAML tag that a reader finds, as {@code !!int}. */
  public static String tag(String text, boolean quoted) {
    if (quoted) {
      return "!!str";
    } else if (isNull(text, false)) {
      return "!!null";
    } else if (isBool(text)) {
      return "!!bool";
    } else if (isWhole(text)) {
      return "!!int";
    } else if (isFraction(text)) {
      return "!!float";
    }
    return DATE.matcher(text).matches() ? "!!timestamp" : "!!str";
  }

  /** Reads a word as the value that its tag tells: null, Boolean, Long, Double or String. */
  public static Object value(String text, boolean quoted) {
    return switch (tag(text, quoted)) {
      case "!!null" -> null;
      case "!!bool" -> bool(text, false);
      case "!!int" -> wholeOrText(text);
      case "!!float" -> fraction(text, false);
      default -> text;
    };
  }

  static Boolean bool(String text, boolean quoted) {
    if (quoted || !isBool(text)) {
      throw new IllegalArgumentException("");
    }
    return TRUE.contains(text.toLowerCase(Locale.ROOT));
  }

  static Long whole(String text, boolean quoted) {
    if (quoted || !isWhole(text) && !isFraction(text) || Character.isLetter(text.charAt(0))) {
      throw new IllegalArgumentException("");
    }
    if (isWhole(text)) {
      return parseWhole(text);
    }
    BigDecimal number = decimal(text);
    if (number.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException("");
    }
    return inRange(number);
  }

  static Double fraction(String text, boolean quoted) {
    if (quoted || !isWhole(text) && !isFraction(text)) {
      throw new IllegalArgumentException("");
    }
    if (isWhole(text)) {
      return (double) parseWhole(text);
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
      case "-.inf" -> Double.NEGATIVE_INFINITY;
      case ".nan" -> Double.NaN;
      default -> Double.parseDouble(text.replace("_", ""));
    };
  }

  private static boolean isBool(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    boolean known = TRUE.contains(word) || FALSE.contains(word);
    return known
        && (text.equals(word) || text.equals(text.toUpperCase(Locale.ROOT)) || title(text));
  }

  private static boolean title(String text) {
    return Character.isUpperCase(text.charAt(0))
        && text.substring(1).equals(text.substring(1).toLowerCase(Locale.ROOT));
  }

  private static boolean isWhole(String text) {
    return startsAsNumber(text) && WHOLE.matcher(text.replace("_", "")).matches();
  }

  private static boolean isFraction(String text) {
    return startsAsNumber(text) && FRACTION.matcher(text.replace("_", "")).matches()
        || text.matches("(?i)[+-]?\\.inf|\\.nan");
  }

  private static boolean startsAsNumber(String text) {
    return !text.isEmpty() && !text.startsWith("_") && text.length() <= 64;
  }

  private static Object wholeOrText(String text) {
    try {
      return parseWhole(text);
    } catch (IllegalArgumentException tooLarge) {
      return text;
    }
  }

  private static long parseWhole(String text) {
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    boolean negative = digits.startsWith("-");
    digits = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
    int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0b") ? 2 : 10;
    if (radix != 10) {
      digits = digits.substring(2);
    } else if (digits.length() > 1 && digits.startsWith("0")) {
      radix = 8;
      digits = digits.startsWith("0o") ? digits.substring(2) : digits.substring(1);
    }
    try {
      return Long.parseLong((negative ? "-" : "") + digits, radix);
    } catch (NumberFormatException tooLarge) {
      throw new IllegalArgumentException("the number is too large", tooLarge);
    }
  }

  private static BigDecimal decimal(String text) {
    try {
      return new BigDecimal(text.replace("_", ""));
    } catch (NumberFormatException infinite) {
      throw new IllegalArgumentException("", infinite);
    }
  }

  private static long inRange(BigDecimal number) {
    if (number.compareTo(LEAST) < 0 || number.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("the number is too large");
    }
    return number.longValueExact();
  }
}
