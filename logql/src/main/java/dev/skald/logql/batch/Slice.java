package dev.skald.logql.batch;

import java.nio.charset.StandardCharsets;

/** A movable view of bytes that belong to someone else. Not safe for use by several threads. */
public final class Slice {
  public byte[] bytes = new byte[0];
  public int offset;
  public int length;

  public void set(byte[] newBytes, int newOffset, int newLength) {
    bytes = newBytes;
    offset = newOffset;
    length = newLength;
  }

  public int end() {
    return offset + length;
  }

  /** Decodes the bytes as UTF-8; a malformed one becomes U+FFFD. */
  @Override
  public String toString() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
