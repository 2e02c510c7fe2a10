package dev.skald.logql.stage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Makes label names out of arbitrary keys (logql.md §11.1). */
final class KeyText {
  private KeyText() {}

  /**
   * Trims Unicode space, puts {@code _} before a leading digit and in place of every code point
   * that is no ASCII letter, digit or underscore.
   *
   * @param first whether the name begins with this key, so that a digit needs the {@code _}
   */
  static byte[] sanitise(byte[] raw, boolean first) {
    String text = trim(new String(raw, StandardCharsets.UTF_8));
    StringBuilder name = new StringBuilder();
    if (first && !text.isEmpty() && text.charAt(0) >= '0' && text.charAt(0) <= '9') {
      name.append('_');
    }
    text.codePoints().forEach(c -> name.append(isNamePart(c) ? (char) c : '_'));
    return Bytes.utf8(name.toString());
  }

  static String sanitise(String key) {
    return new String(sanitise(Bytes.utf8(key), true), StandardCharsets.UTF_8);
  }

  /** Joins a prefix and a name by {@code _}; an empty one is left out. */
  static byte[] join(byte[] prefix, byte[] name) {
    if (prefix.length == 0 || name.length == 0) {
      return prefix.length == 0 ? name : prefix;
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream(prefix.length + name.length + 1);
    joined.writeBytes(prefix);
    joined.write('_');
    joined.writeBytes(name);
    return joined.toByteArray();
  }

  private static boolean isNamePart(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '_');
  }

  private static String trim(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Go's {@code unicode.IsSpace}. */
  private static boolean isSpace(char c) {
    return c >= '\t' && c <= '\r' || c == 0x85 || Character.isSpaceChar(c);
  }
}
