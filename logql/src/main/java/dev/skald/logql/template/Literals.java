package dev.skald.logql.template;

import dev.skald.logql.GoQuote;

/** Reads Go's literals: strings, characters, numbers. */
final class Literals {
  private Literals() {}

  /**
   * Returns what a string literal with its quotes stands for.
   *
   * @throws FunctionException if an escape is malformed
   */
  static String unquote(String quoted) {
    if (quoted.charAt(0) == '`') {
      return quoted.substring(1, quoted.length() - 1).replace("\r", "");
    }
    Text out = new Text();
    int end = quoted.length() - 1;
    for (int i = 1; i < end; ) {
      i = quoted.charAt(i) == '\\' ? unescape(quoted, i + 1, '"', out) : copy(quoted, i, out);
    }
    return out.toString();
  }

  /** Returns the number that a literal stands for, or fails with Go's text. */
  static Node.NumberLiteral number(Token token) {
    String text = token.text();
    if (token.kind() == Token.Kind.CHAR_CONSTANT) {
      long codePoint = character(text);
      return new Node.NumberLiteral(
          token.position(), text, GoInt.of(codePoint), (double) codePoint, false);
    }
    boolean decimalSigns = text.chars().anyMatch(c -> ".eEpP".indexOf(c) >= 0);
    boolean hexInteger = text.matches("[+-]?0[xX][^.pP]*");
    Long integer = GoNumber.parseInt(text, 0);
    Double decimal = integer == null ? decimal(text) : Double.valueOf(integer);
    boolean unsigned = integer == null && GoNumber.parseUnsigned(text) != null;
    if (decimal == null) {
      throw new FunctionException("illegal number syntax: " + ByteText.quote(text));
    }
    if (integer == null && !decimalSigns && !unsigned) {
      throw new FunctionException("integer overflow: " + ByteText.quote(text));
    }
    if (integer == null && decimal == Math.rint(decimal) && Math.abs(decimal) < 0x1p63) {
      integer = (long) (double) decimal;
    }
    return new Node.NumberLiteral(
        token.position(),
        text,
        integer == null ? null : GoInt.of(integer),
        decimal,
        decimalSigns && !hexInteger);
  }

  private static Double decimal(String text) {
    try {
      return GoNumber.parseFloat(text);
    } catch (FunctionException _) {
      return null;
    }
  }

  private static long character(String quoted) {
    Text out = new Text();
    int end =
        quoted.length() < 3
            ? -1
            : quoted.charAt(1) == '\\' ? unescape(quoted, 2, '\'', out) : copy(quoted, 1, out);
    if (end != quoted.length() - 1) {
      throw new FunctionException("malformed character constant: " + quoted);
    }
    String bytes = out.toString();
    int codePoint = ByteText.codePointAt(bytes, 0);
    return bytes.length() == 1 ? bytes.charAt(0) : codePoint;
  }

  private static int copy(String quoted, int at, Text out) {
    int next = Math.min(quoted.length(), at + ByteText.size(ByteText.codePointAt(quoted, at)));
    out.append(quoted, at, next);
    return next;
  }

  /** Appends what the escape at a place stands for; returns the place after it. */
  private static int unescape(String quoted, int at, char quote, Text out) {
    char escape = quoted.charAt(at);
    switch (escape) {
      case 'x' -> {
        out.append((char) digits(quoted, at + 1, 2, 16));
        return at + 3;
      }
      case 'u', 'U' -> {
        int count = escape == 'u' ? 4 : 8;
        int codePoint = digits(quoted, at + 1, count, 16);
        if (codePoint < 0 || codePoint > 0x10FFFF || codePoint >= 0xD800 && codePoint < 0xE000) {
          throw invalid();
        }
        out.appendCodePoint(codePoint);
        return at + 1 + count;
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        int value = digits(quoted, at, 3, 8);
        if (value > 255) {
          throw invalid();
        }
        out.append((char) value);
        return at + 3;
      }
      default -> {
        int letter = escape == quote ? quote : GoQuote.unescaped(escape);
        if (letter < 0) {
          throw invalid();
        }
        out.append((char) letter);
      }
    }
    return at + 1;
  }

  private static int digits(String text, int at, int count, int radix) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      int digit =
          i < text.length() && text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        throw invalid();
      }
      value = value * radix + digit;
    }
    return value;
  }

  private static FunctionException invalid() {
    return new FunctionException("invalid syntax");
  }
}
