package dev.skald.logql.template;

import dev.skald.logql.GoQuote;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as Go has it: bytes that are mostly UTF-8. It is kept in a {@link String} that holds one
 * byte a char (0 to 255), so that cutting a code point in two and malformed input lose nothing.
 *
 * <p>Every text of a running template is of this kind; only names of fields, and what goes in and
 * out of {@link Template}, is ordinary text.
 */
public final class ByteText {
  /** What Go puts in the place of a malformed byte. */
  static final int REPLACEMENT = 0xFFFD;

  private ByteText() {}

  /** Returns the UTF-8 bytes of an ordinary text. */
  public static String encode(String text) {
    return isAscii(text) ? text : of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the ordinary text that the bytes spell; a malformed byte becomes U+FFFD. */
  public static String decode(String bytes) {
    return isAscii(bytes) ? bytes : new String(toBytes(bytes), StandardCharsets.UTF_8);
  }

  public static String of(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  public static byte[] toBytes(String bytes) {
    return bytes.getBytes(StandardCharsets.ISO_8859_1);
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Returns the code point that begins at a byte, or -1 if that byte is malformed. */
  static int codePointAt(String bytes, int at) {
    int first = bytes.charAt(at);
    if (first < 0x80) {
      return first;
    }
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + length > bytes.length()) {
      return -1;
    }
    int value = first & (0xFF >> (length + 1));
    for (int i = 1; i < length; i++) {
      int next = bytes.charAt(at + i);
      if ((next & 0xC0) != 0x80) {
        return -1;
      }
      value = value << 6 | next & 0x3F;
    }
    boolean overlong = length == 3 && value < 0x800 || length == 4 && value < 0x10000;
    boolean surrogate = value >= 0xD800 && value <= 0xDFFF;
    return overlong || surrogate || value > 0x10FFFF ? -1 : value;
  }

  /** Returns the number of bytes of a code point; a malformed byte, -1, has one. */
  static int size(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** Returns the code points; a malformed byte gives U+FFFD. */
  static int[] codePoints(String bytes) {
    int[] result = new int[bytes.length()];
    int count = 0;
    for (int i = 0; i < bytes.length(); ) {
      int codePoint = codePointAt(bytes, i);
      i += size(codePoint);
      result[count++] = codePoint < 0 ? REPLACEMENT : codePoint;
    }
    return Arrays.copyOf(result, count);
  }

  static int count(String bytes) {
    int count = 0;
    for (int i = 0; i < bytes.length(); count++) {
      i += size(codePointAt(bytes, i));
    }
    return count;
  }

  /** Quotes as Go's {@code strconv.Quote} does: malformed bytes become {@code \xNN}. */
  static String quote(String bytes) {
    StringBuilder out = new StringBuilder(bytes.length() + 2).append('"');
    for (int i = 0; i < bytes.length(); ) {
      int codePoint = codePointAt(bytes, i);
      if (codePoint < 0) {
        out.append(String.format("\\x%02x", (int) bytes.charAt(i)));
      } else {
        GoQuote.appendCodePoint(out, codePoint);
      }
      i += size(codePoint);
    }
    return encode(out.append('"').toString());
  }

  /** Puts Go's escapes in place of all that is not ASCII in a quoted text. */
  static String escapeNonAscii(String quoted) {
    StringBuilder out = new StringBuilder();
    for (int codePoint : codePoints(quoted)) {
      if (codePoint < 0x80) {
        out.append((char) codePoint);
      } else {
        out.append(String.format(codePoint < 0x10000 ? "\\u%04x" : "\\U%08x", codePoint));
      }
    }
    return out.toString();
  }

  /** Go's {@code unicode.IsSpace}. */
  static boolean isSpace(int codePoint) {
    return switch (codePoint) {
      case '\t', '\n', 0x0B, '\f', '\r', ' ', 0x85, 0xA0 -> true;
      default -> codePoint > 0xA0 && Character.isSpaceChar(codePoint);
    };
  }
}
