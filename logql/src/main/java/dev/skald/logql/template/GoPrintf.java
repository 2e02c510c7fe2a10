package dev.skald.logql.template;

import java.util.List;

/** Go's {@code fmt.Sprintf}: reads the format and hands each verb to {@link GoVerb}. */
public final class GoPrintf {
  /** The widest that Go prints anything. */
  private static final int MAX_NUMBER = 1_000_000;

  private final String format;
  private final List<Object> arguments;
  private final Text out = new Text();
  private int at;
  private int argument;
  private boolean reordered;
  private boolean goodIndex;

  private GoPrintf(String format, List<Object> arguments) {
    this.format = format;
    this.arguments = arguments;
  }

  /** Returns what a format makes of its arguments; all texts hold one byte a char. */
  public static String format(String format, List<Object> arguments) {
    GoPrintf printer = new GoPrintf(format, arguments);
    printer.run();
    return printer.out.toString();
  }

  private void run() {
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      int end = percent < 0 ? format.length() : percent;
      out.append(format, at, end);
      at = end + 1;
      if (percent >= 0) {
        directive();
      }
    }
    if (!reordered && argument < arguments.size()) {
      appendExtra();
    }
  }

  private void directive() {
    goodIndex = true;
    GoVerb.Flags flags = flags();
    boolean afterIndex = index();
    if (at < format.length() && format.charAt(at) == '*') {
      at++;
      flags = starWidth(flags);
      afterIndex = false;
    } else {
      Integer width = number();
      flags = flags.withWidth(width);
      if (afterIndex && width != null) {
        goodIndex = false;
      }
    }
    flags = precision(flags, afterIndex);
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    verb(flags);
  }

  private void verb(GoVerb.Flags flags) {
    int codePoint = ByteText.codePointAt(format, at);
    int next = at + ByteText.size(codePoint);
    String verb = format.substring(at, next);
    at = next;
    if (codePoint == '%') {
      out.append('%');
    } else if (!goodIndex) {
      out.append("%!" + verb + "(BADINDEX)");
    } else if (argument >= arguments.size()) {
      out.append("%!" + verb + "(MISSING)");
    } else {
      new GoVerb(out, flags, verb).append(arguments.get(argument++), 0);
    }
  }

  private GoVerb.Flags flags() {
    GoVerb.Flags flags = GoVerb.Flags.NONE;
    for (; at < format.length(); at++) {
      switch (format.charAt(at)) {
        case '#' -> flags = flags.withSharp();
        case '0' -> flags = flags.withZero();
        case '+' -> flags = flags.withPlus();
        case '-' -> flags = flags.withMinus();
        case ' ' -> flags = flags.withSpace();
        default -> {
          return flags;
        }
      }
    }
    return flags;
  }

  private GoVerb.Flags precision(GoVerb.Flags flags, boolean afterIndex) {
    GoVerb.Flags result = flags;
    boolean indexed = afterIndex;
    if (at + 1 <= format.length() && at < format.length() && format.charAt(at) == '.') {
      at++;
      if (indexed) {
        goodIndex = false;
      }
      indexed = index();
      if (at < format.length() && format.charAt(at) == '*') {
        at++;
        result = starPrecision(result);
        indexed = false;
      } else {
        Integer precision = number();
        result = result.withPrecision(precision == null ? 0 : precision);
      }
    }
    if (!indexed) {
      index();
    }
    return result;
  }

  private GoVerb.Flags starWidth(GoVerb.Flags flags) {
    Integer width = starNumber();
    if (width == null) {
      out.append("%!(BADWIDTH)");
      return flags;
    }
    return width < 0 ? flags.withMinus().withWidth(-width) : flags.withWidth(width);
  }

  private GoVerb.Flags starPrecision(GoVerb.Flags flags) {
    Integer precision = starNumber();
    if (precision == null) {
      out.append("%!(BADPREC)");
    }
    return precision == null || precision < 0 ? flags : flags.withPrecision(precision);
  }

  private Integer starNumber() {
    Object value = argument < arguments.size() ? arguments.get(argument++) : null;
    boolean fits = value instanceof GoInt integer && Math.abs(integer.value()) <= MAX_NUMBER;
    return fits ? Integer.valueOf((int) ((GoInt) value).value()) : null;
  }

  /** Reads digits; null if there are none, or too many. */
  private Integer number() {
    int start = at;
    int value = 0;
    while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
      if (value > MAX_NUMBER) {
        return null;
      }
      value = value * 10 + format.charAt(at++) - '0';
    }
    return at == start ? null : Integer.valueOf(value);
  }

  /** Reads {@code [n]}, which chooses the next argument; returns whether it stands here. */
  private boolean index() {
    if (at >= format.length() || format.charAt(at) != '[') {
      return false;
    }
    reordered = true;
    int close = format.indexOf(']', at);
    if (close < 0) {
      goodIndex = false;
      at++;
      return false;
    }
    Long number = GoNumber.parseInt(format.substring(at + 1, close), 10);
    at = close + 1;
    if (number == null || number < 1 || number > arguments.size()) {
      goodIndex = false;
    } else {
      argument = (int) (number - 1);
    }
    return true;
  }

  private void appendExtra() {
    out.append("%!(EXTRA ");
    for (int i = argument; i < arguments.size(); i++) {
      if (i > argument) {
        out.append(", ");
      }
      Object value = arguments.get(i);
      if (value == null) {
        out.append("<nil>");
      } else {
        out.append(GoValue.typeName(value)).append('=');
        GoPrint.append(out, value);
      }
    }
    out.append(')');
  }
}
