package dev.skald.storage.bytes;

import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteWriter} wrote. Every method throws {@link MalformedException} where the
 * bytes end too early or a number is out of its bounds. Not safe for use by several threads.
 */
public final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  public ByteReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.position = offset;
    this.end = offset + length;
  }

  /** Returns the place of the next byte in the array that is read. */
  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  public int u8() {
    need(1);
    return bytes[position++] & 0xFF;
  }

  public int u32() {
    need(4);
    position += 4;
    return LittleEndian.getInt(bytes, position - 4);
  }

  public long u64() {
    need(8);
    position += 8;
    return LittleEndian.getLong(bytes, position - 8);
  }

  public long varint() {
    if (position < end && bytes[position] >= 0) {
      return bytes[position++];
    }
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      need(1);
      byte next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedException("a varint is longer than ten bytes at byte " + position);
  }

  public long zigzag() {
    long value = varint();
    return (value >>> 1) ^ -(value & 1);
  }

  /**
   * Reads a varint that must lie in a range.
   *
   * @param what names the number in the message
   */
  public int varint(int min, int max, String what) {
    long value = varint();
    if (value < min || value > max) {
      throw new MalformedException(what + " is " + value + ", wanted " + min + " to " + max);
    }
    return (int) value;
  }

  /** Reads a count of things that each take at least some bytes of what is left. */
  public int count(int leastBytesEach, String what) {
    return varint(0, leastBytesEach == 0 ? Integer.MAX_VALUE : remaining() / leastBytesEach, what);
  }

  public byte[] bytes(int length) {
    skip(length);
    byte[] copy = new byte[length];
    System.arraycopy(bytes, position - length, copy, 0, length);
    return copy;
  }

  /** Moves past some bytes. */
  public void skip(int length) {
    if (length < 0 || remaining() < length) {
      throw new MalformedException(
          "the bytes end at " + end + ", wanted " + length + " more from " + position);
    }
    position += length;
  }

  public String string() {
    int length = count(1, "length of a text");
    skip(length);
    return new String(bytes, position - length, length, StandardCharsets.UTF_8);
  }

  /** Throws unless all bytes were read. */
  public void expectEnd() {
    if (position != end) {
      throw new MalformedException(remaining() + " bytes are left over, wanted none");
    }
  }

  private void need(int length) {
    if (end - position < length) {
      throw new MalformedException("the bytes end at " + end + ", wanted more from " + position);
    }
  }
}
