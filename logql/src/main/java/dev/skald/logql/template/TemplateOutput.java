package dev.skald.logql.template;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes that a template writes: a buffer that grows up to a limit and is used again for the
 * next execution. Not safe for use by several threads.
 */
public final class TemplateOutput {
  /** The limit that a buffer has unless told otherwise: 1 MiB. */
  public static final int DEFAULT_LIMIT = 1 << 20;

  private final int limit;
  private byte[] bytes = new byte[256];
  private int length;

  public TemplateOutput() {
    this(DEFAULT_LIMIT);
  }

  /**
   * @param limit the most bytes that one execution may write
   */
  public TemplateOutput(int limit) {
    this.limit = limit;
  }

  /** Returns the buffer; the first {@link #length()} bytes are the output. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Returns how much memory is held. */
  public int capacity() {
    return bytes.length;
  }

  /** Forgets what was written. */
  public void clear() {
    length = 0;
  }

  /** Returns a copy of the output. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Decodes the output as UTF-8; a malformed byte becomes U+FFFD. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Appends some bytes. */
  void append(byte[] source, int offset, int count) {
    ensureRoom(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  /** Appends a text that holds one byte a char. */
  void append(String byteText) {
    int count = byteText.length();
    ensureRoom(count);
    for (int i = 0; i < count; i++) {
      bytes[length + i] = (byte) byteText.charAt(i);
    }
    length += count;
  }

  private void ensureRoom(int count) {
    if (count > limit - length) {
      throw new FunctionException("the output is longer than " + limit + " bytes");
    }
    if (count > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.clamp(2L * (length + (long) count), 256, limit));
    }
  }
}
