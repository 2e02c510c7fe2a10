package dev.skald.logql.template;

import dev.skald.logql.GoQuote;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One verb of a Go format with its flags, which prints values. */
final class GoVerb {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  /**
   * What stands between {@code %} and the letter.
   *
   * @param width null if none is given
   * @param precision null if none is given
   */
  record Flags(
      boolean sharp,
      boolean zero,
      boolean plus,
      boolean minus,
      boolean space,
      Integer width,
      Integer precision) {
    static final Flags NONE = new Flags(false, false, false, false, false, null, null);

    Flags withSharp() {
      return new Flags(true, zero, plus, minus, space, width, precision);
    }

    Flags withZero() {
      return new Flags(sharp, true, plus, minus, space, width, precision);
    }

    Flags withPlus() {
      return new Flags(sharp, zero, true, minus, space, width, precision);
    }

    Flags withoutPlus() {
      return new Flags(sharp, zero, false, minus, space, width, precision);
    }

    Flags withMinus() {
      return new Flags(sharp, zero, plus, true, space, width, precision);
    }

    Flags withSpace() {
      return new Flags(sharp, zero, plus, minus, true, width, precision);
    }

    Flags withWidth(Integer newWidth) {
      return new Flags(sharp, zero, plus, minus, space, newWidth, precision);
    }

    Flags withPrecision(Integer newPrecision) {
      return new Flags(sharp, zero, plus, minus, space, width, newPrecision);
    }
  }

  private final Text out;
  private final Flags flags;
  private final String name;
  private final char verb;

  /**
   * @param flags those of {@code %+v} ask for the names of fields, not for a sign
   * @param name the letter, in UTF-8 with one byte a char
   */
  GoVerb(Text out, Flags flags, String name) {
    this.out = out;
    this.name = name;
    this.verb = name.length() == 1 ? name.charAt(0) : 0;
    this.flags = verb == 'v' ? flags.withoutPlus() : flags;
  }

  /**
   * Appends a value.
   *
   * @param depth how many collections it stands in
   */
  void append(Object value, int depth) {
    if (verb == 'T') {
      pad(GoValue.typeName(value));
      return;
    }
    switch (value) {
      case null -> appendNil(depth);
      case String text -> appendText(text, text);
      case GoInt integer -> appendInteger(integer);
      case Double number -> appendFloat(number);
      case Boolean bool -> appendBool(bool);
      case GoTime time -> appendText(time.toString(), time);
      case List<?> list -> appendList(list, depth);
      case StringMap map -> appendMap(map, depth);
      case Map<?, ?> map -> appendMap(map, depth);
      default -> appendBad(value);
    }
  }

  private void appendNil(int depth) {
    if (verb == 'v' || depth > 0) {
      pad("<nil>");
    } else {
      out.append("%!" + name + "(<nil>)");
    }
  }

  private void appendBad(Object value) {
    out.append("%!" + name + "(" + GoValue.typeName(value) + "=");
    new GoVerb(out, flags, "v").append(value, 0);
    out.append(')');
  }

  private void appendBool(boolean value) {
    if (verb == 't' || verb == 'v') {
      pad(Boolean.toString(value));
    } else {
      appendBad(value);
    }
  }

  /**
   * @param value what is at fault if the verb is not one for text
   */
  private void appendText(String text, Object value) {
    switch (verb) {
      case 'v' -> pad(flags.sharp && value instanceof String ? ByteText.quote(text) : cut(text));
      case 's' -> pad(cut(text));
      case 'q' -> pad(quoted(cut(text)));
      case 'x' -> pad(hex(text, "0x"));
      case 'X' -> pad(hex(text, "0X").toUpperCase(Locale.ROOT));
      default -> appendBad(value);
    }
  }

  private String quoted(String text) {
    boolean raw =
        flags.sharp
            && text.indexOf('`') < 0
            && text.chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7F);
    return raw ? "`" + text + "`" : escaped(ByteText.quote(text));
  }

  /** With a plus a quoted text is ASCII. */
  private String escaped(String quoted) {
    return flags.plus ? ByteText.escapeNonAscii(quoted) : quoted;
  }

  private String hex(String text, String prefix) {
    int count = flags.precision == null ? text.length() : Math.min(flags.precision, text.length());
    Text hex = new Text();
    for (int i = 0; i < count; i++) {
      if (flags.space && i > 0) {
        hex.append(' ');
      }
      if (flags.sharp && (flags.space || i == 0)) {
        hex.append(prefix);
      }
      int value = text.charAt(i);
      hex.append(Character.forDigit(value >> 4, 16)).append(Character.forDigit(value & 15, 16));
    }
    return hex.toString();
  }

  /** Cuts a text to as many code points as the precision says. */
  private String cut(String text) {
    if (flags.precision == null) {
      return text;
    }
    int end = 0;
    for (int i = 0; i < flags.precision && end < text.length(); i++) {
      end += ByteText.size(ByteText.codePointAt(text, end));
    }
    return text.substring(0, end);
  }

  private void appendInteger(GoInt integer) {
    boolean asText = verb == 's' || verb == 'q' || verb == 'x' || verb == 'X' || verb == 'v';
    if (integer.isStringer() && asText) {
      appendText(integer.toString(), integer);
      return;
    }
    BigInteger value = BigInteger.valueOf(integer.value());
    switch (verb) {
      case 'v', 'd' -> number(value, 10, "");
      case 'b' -> number(value, 2, flags.sharp ? "0b" : "");
      case 'o' -> number(value, 8, flags.sharp ? "0" : "");
      case 'O' -> number(value, 8, "0o");
      case 'x' -> number(value, 16, flags.sharp ? "0x" : "");
      case 'X' -> number(value, 16, flags.sharp ? "0X" : "");
      case 'c' -> pad(new Text().appendCodePoint(codePoint(integer)).toString());
      case 'q' -> pad(escaped(quotedCharacter(codePoint(integer))));
      case 'U' -> pad(unicode(integer.value()));
      default -> appendBad(integer);
    }
  }

  private static int codePoint(GoInt integer) {
    long value = integer.value();
    return value < 0 || value > Character.MAX_CODE_POINT ? ByteText.REPLACEMENT : (int) value;
  }

  private static String quotedCharacter(int codePoint) {
    if (codePoint == '\'' || codePoint == '\\') {
      return "'\\" + (char) codePoint + "'";
    }
    String quoted = ByteText.quote(new Text().appendCodePoint(codePoint).toString());
    return codePoint == '"' ? "'\"'" : "'" + quoted.substring(1, quoted.length() - 1) + "'";
  }

  private String unicode(long value) {
    BigInteger unsigned = BigInteger.valueOf(value);
    if (value < 0) {
      unsigned = unsigned.add(TWO_TO_64);
    }
    String hex = unsigned.toString(16).toUpperCase(Locale.ROOT);
    int digits = Math.max(4, flags.precision == null ? 0 : flags.precision);
    String code = "U+" + "0".repeat(Math.max(0, digits - hex.length())) + hex;
    boolean shows =
        flags.sharp
            && value >= 0
            && value <= Character.MAX_CODE_POINT
            && GoQuote.isPrintable((int) value);
    return shows ? code + " '" + new Text().appendCodePoint((int) value) + "'" : code;
  }

  private void number(BigInteger value, int radix, String prefix) {
    String digits = value.abs().toString(radix);
    if (verb == 'X') {
      digits = digits.toUpperCase(Locale.ROOT);
    }
    if (flags.precision != null) {
      if (flags.precision == 0 && value.signum() == 0) {
        pad("");
        return;
      }
      digits = "0".repeat(Math.max(0, flags.precision - digits.length())) + digits;
    }
    String start = sign(value.signum() < 0) + prefix;
    if (flags.zero && !flags.minus && flags.width != null && flags.precision == null) {
      int room = flags.width - sign(value.signum() < 0).length();
      digits = "0".repeat(Math.max(0, room - digits.length())) + digits;
    }
    pad(start + digits, false);
  }

  private String sign(boolean negative) {
    return negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
  }

  private void appendFloat(double value) {
    String digits =
        switch (verb) {
          case 'v' -> FloatFormat.format(value, 'g', precision(-1));
          case 'g', 'G' -> FloatFormat.format(value, verb, precision(-1));
          case 'e', 'E', 'f', 'F' -> FloatFormat.format(value, verb, precision(6));
          default -> null;
        };
    if (digits == null) {
      appendBad(value);
      return;
    }
    boolean negative = digits.startsWith("-");
    String unsigned = negative || digits.startsWith("+") ? digits.substring(1) : digits;
    boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
    String sign = digits.startsWith("+") && !flags.space ? "+" : sign(negative);
    if (finite && flags.zero && !flags.minus && flags.width != null) {
      int room = flags.width - sign.length();
      unsigned = "0".repeat(Math.max(0, room - unsigned.length())) + unsigned;
    }
    pad(sign + unsigned, false);
  }

  private int precision(int otherwise) {
    return flags.precision == null ? otherwise : flags.precision;
  }

  private void appendList(List<?> list, int depth) {
    out.append(flags.sharp && verb == 'v' ? "[]interface {}{" : "[");
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(flags.sharp && verb == 'v' ? ", " : " ");
      }
      append(list.get(i), depth + 1);
    }
    out.append(flags.sharp && verb == 'v' ? '}' : ']');
  }

  private void appendMap(Object map, int depth) {
    boolean source = flags.sharp && verb == 'v';
    out.append(source ? GoValue.typeName(map) + "{" : "map[");
    String between = "";
    for (Map.Entry<String, Object> entry : GoValue.entries(map)) {
      out.append(between);
      append(entry.getKey(), depth + 1);
      out.append(':');
      append(entry.getValue(), depth + 1);
      between = source ? ", " : " ";
    }
    out.append(source ? '}' : ']');
  }

  private void pad(String text) {
    pad(text, flags.zero && !flags.minus);
  }

  private void pad(String text, boolean zeros) {
    int missing = flags.width == null ? 0 : flags.width - ByteText.count(text);
    if (missing > 0 && !flags.minus) {
      out.repeat(zeros ? '0' : ' ', missing);
    }
    out.append(text);
    if (missing > 0 && flags.minus) {
      out.repeat(' ', missing);
    }
  }
}
