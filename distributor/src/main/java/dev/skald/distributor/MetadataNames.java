package dev.skald.distributor;

import dev.skald.logql.GoQuote;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns names of structured metadata into label names, as the OpenTelemetry label namer does
 * (http-api.md §4.5 (2)): what is no letter or digit becomes {@code _}, runs of it collapse, a
 * leading digit gets the prefix {@code key_}, {@code __x__} keeps its frame.
 *
 * <p>Names repeat, so results are remembered. Not safe for use by several threads.
 */
public final class MetadataNames {
  private static final int MOST_REMEMBERED = 4096;
  private static final int LONGEST_REMEMBERED = 256;

  /** Looks up bytes in place; only a key that is remembered owns a copy. */
  private static final class Key {
    private byte[] bytes;
    private int offset;
    private int length;

    private Key set(byte[] newBytes, int newOffset, int newLength) {
      bytes = newBytes;
      offset = newOffset;
      length = newLength;
      return this;
    }

    @Override
    public int hashCode() {
      int hash = 1;
      for (int i = offset; i < offset + length; i++) {
        hash = 31 * hash + bytes[i];
      }
      return hash;
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Key other
          && Arrays.equals(
              bytes,
              offset,
              offset + length,
              other.bytes,
              other.offset,
              other.offset + other.length);
    }
  }

  private final Map<Key, byte[]> known = new HashMap<>();
  private final Key probe = new Key();

  /**
   * Returns the label name of a metadata name.
   *
   * @throws InvalidNameException if nothing is left of the name
   */
  byte[] normalise(byte[] bytes, int offset, int length) throws InvalidNameException {
    byte[] name = known.get(probe.set(bytes, offset, length));
    if (name == null) {
      byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
      name = normalise(new String(copy, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
      remember(copy, name);
    }
    return name;
  }

  private void remember(byte[] bytes, byte[] name) {
    if (bytes.length > LONGEST_REMEMBERED) {
      return;
    }
    if (known.size() == MOST_REMEMBERED) {
      known.clear();
    }
    known.put(new Key().set(bytes, 0, bytes.length), name);
  }

  /** A metadata name of which nothing is left. The message is Loki's. */
  public static final class InvalidNameException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidNameException(String message) {
      super(message);
    }
  }

  /**
   * Returns the label name of a name.
   *
   * @throws InvalidNameException if nothing is left of it
   */
  public static String normalise(String name) throws InvalidNameException {
    if (name.isEmpty()) {
      throw new InvalidNameException("label name is empty");
    }
    String core = collapse(name);
    if (core.equals("_")) {
      throw new InvalidNameException(
          "normalization for label name "
              + GoQuote.quote(name)
              + " resulted in invalid name \"_\"");
    }
    boolean framed = name.length() > 4 && name.startsWith("__") && name.endsWith("__");
    if (framed) {
      return "__" + collapse(name.substring(2, name.length() - 2)) + "__";
    }
    return Character.isDigit(core.charAt(0)) ? "key_" + core : core;
  }

  private static String collapse(String name) {
    StringBuilder out = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean keep = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (keep) {
        out.append(c);
      } else if (out.isEmpty() || out.charAt(out.length() - 1) != '_') {
        out.append('_');
      }
    }
    return out.toString();
  }
}
