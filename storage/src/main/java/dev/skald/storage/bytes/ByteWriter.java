package dev.skald.storage.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing run of bytes; numbers are little endian. Not safe for use by several threads.
 *
 * <p>A varint holds seven bits a byte, lowest first, with the top bit set on all but the last.
 */
public final class ByteWriter {
  private byte[] bytes;
  private int size;

  public ByteWriter() {
    this(64);
  }

  public ByteWriter(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  public int size() {
    return size;
  }

  /** Returns the bytes themselves, of which the first {@link #size()} are written. */
  public byte[] array() {
    return bytes;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Forgets what was written and keeps the room. */
  public void clear() {
    size = 0;
  }

  public ByteWriter u8(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
    return this;
  }

  public ByteWriter u32(int value) {
    ensure(4);
    LittleEndian.putInt(bytes, size, value);
    size += 4;
    return this;
  }

  public ByteWriter u64(long value) {
    ensure(8);
    LittleEndian.putLong(bytes, size, value);
    size += 8;
    return this;
  }

  /** Writes an unsigned 64-bit number in one to ten bytes. */
  public ByteWriter varint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Writes a signed number so that small magnitudes are short: 0, -1, 1, -2 become 0, 1, 2, 3. */
  public ByteWriter zigzag(long value) {
    return varint((value << 1) ^ (value >> 63));
  }

  public ByteWriter bytes(byte[] source, int offset, int length) {
    ensure(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
    return this;
  }

  public ByteWriter bytes(byte[] source) {
    return bytes(source, 0, source.length);
  }

  /** Writes a varint length and the UTF-8 of a text. */
  public ByteWriter string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return varint(utf8.length).bytes(utf8);
  }

  /** Makes sure that so many bytes more fit without growing, and appends them as zeros. */
  public int zeros(int length) {
    ensure(length);
    Arrays.fill(bytes, size, size + length, (byte) 0);
    size += length;
    return size - length;
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      long wanted = Math.max((long) size + more, bytes.length + (long) (bytes.length >> 1));
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 16));
    }
  }
}
