package dev.skald.logql.template;

/** The encoding of forms: a blank is {@code +}, other bytes {@code %XX}. */
final class UrlEncoding {
  private UrlEncoding() {}

  static String encode(String text) {
    Text out = new Text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean kept = c < 0x80 && (Character.isLetterOrDigit(c) || "~-_.".indexOf(c) >= 0);
      if (kept) {
        out.append(c);
      } else if (c == ' ') {
        out.append('+');
      } else {
        out.append('%').append(digit(c >> 4)).append(digit(c & 15));
      }
    }
    return out.toString();
  }

  private static char digit(int value) {
    return Character.toUpperCase(Character.forDigit(value, 16));
  }

  /**
   * @throws FunctionException with Go's text if an escape is malformed
   */
  static String decode(String text) {
    Text out = new Text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        out.append((char) escaped(text, i));
        i += 2;
      } else {
        out.append(c == '+' ? ' ' : c);
      }
    }
    return out.toString();
  }

  private static int escaped(String text, int at) {
    int high = hex(text, at + 1);
    int low = hex(text, at + 2);
    if (high < 0 || low < 0) {
      String bad = text.substring(at, Math.min(text.length(), at + 3));
      throw new FunctionException("invalid URL escape " + ByteText.quote(bad));
    }
    return high << 4 | low;
  }

  private static int hex(String text, int at) {
    return at < text.length() && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
  }
}
