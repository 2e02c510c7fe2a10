package dev.skald.server.push;

import java.util.Arrays;

/**
 * Writes protobuf's wire format. The length of a nested message is written in five bytes, whatever
 * it is, so that it can be filled in at the message's end. Not safe for use by several threads.
 */
final class ProtobufWriter {
  private static final int LENGTH_BYTES = 5;

  private byte[] bytes;
  private int length;

  ProtobufWriter(int expectedBytes) {
    bytes = new byte[Math.max(64, expectedBytes)];
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** Begins a nested message; what is returned ends it. */
  int begin(int field) {
    tag(field, ProtobufReader.BYTES);
    reserve(LENGTH_BYTES);
    length += LENGTH_BYTES;
    return length;
  }

  void end(int mark) {
    int size = length - mark;
    for (int i = 0; i < LENGTH_BYTES; i++) {
      int more = i < LENGTH_BYTES - 1 ? 0x80 : 0;
      bytes[mark - LENGTH_BYTES + i] = (byte) (size & 0x7F | more);
      size >>>= 7;
    }
  }

  void bytes(int field, byte[] from, int offset, int count) {
    tag(field, ProtobufReader.BYTES);
    rawVarint(count);
    reserve(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  void varint(int field, long value) {
    tag(field, ProtobufReader.VARINT);
    rawVarint(value);
  }

  void fixed64(int field, long value) {
    tag(field, ProtobufReader.FIXED64);
    fixed(value, Long.BYTES);
  }

  void fixed32(int field, int value) {
    tag(field, ProtobufReader.FIXED32);
    fixed(value, Integer.BYTES);
  }

  private void fixed(long value, int size) {
    reserve(size);
    for (int i = 0; i < size; i++) {
      bytes[length++] = (byte) (value >>> 8 * i);
    }
  }

  private void tag(int field, int wireType) {
    rawVarint((long) field << 3 | wireType);
  }

  private void rawVarint(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, length * 2));
    }
  }
}
