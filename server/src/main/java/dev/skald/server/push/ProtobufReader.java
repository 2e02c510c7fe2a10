package dev.skald.server.push;

/**
 * Reads protobuf's wire format from a range of bytes, in place. After {@link #next} has returned
 * true, {@link #field} tells which field it is and one of the readers takes its value, or {@link
 * #skip} passes over it. Not safe for use by several threads.
 */
final class ProtobufReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private final byte[] bytes;
  private int at;
  private int end;
  private int field;
  private int wireType;
  private int start;
  private int length;

  ProtobufReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    range(from, to);
  }

  /** Points the reader at another message in the same bytes. */
  void range(int from, int to) {
    at = from;
    end = to;
  }

  /** Goes to the next field; false at the end of the message. */
  boolean next() throws DecodeException {
    if (at >= end) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    if (field == 0 || tag >>> 32 != 0) {
      throw malformed("illegal tag " + tag);
    }
    return true;
  }

  int field() {
    return field;
  }

  int wireType() {
    return wireType;
  }

  /** Takes a length-delimited value; its place is then {@link #start} and {@link #length}. */
  void readBytes() throws DecodeException {
    expect(BYTES);
    long size = varint();
    if (size < 0 || size > end - at) {
      throw size < 0
          ? new DecodeException("proto: negative length found during unmarshaling")
          : cutOff();
    }
    start = at;
    length = (int) size;
    at += length;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  long readVarint() throws DecodeException {
    expect(VARINT);
    return varint();
  }

  long readFixed64() throws DecodeException {
    expect(FIXED64);
    return fixed(8);
  }

  int readFixed32() throws DecodeException {
    expect(FIXED32);
    return (int) fixed(4);
  }

  void skip() throws DecodeException {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> fixed(8);
      case BYTES -> readBytes();
      case FIXED32 -> fixed(4);
      default -> throw new DecodeException("proto: illegal wireType " + wireType);
    }
  }

  private void expect(int wanted) throws DecodeException {
    if (wireType != wanted) {
      throw malformed("field " + field + " has wire type " + wireType + ", want " + wanted);
    }
  }

  private long fixed(int size) throws DecodeException {
    if (end - at < size) {
      throw cutOff();
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value |= (bytes[at++] & 0xffL) << (8 * i);
    }
    return value;
  }

  private long varint() throws DecodeException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at >= end) {
        throw cutOff();
      }
      byte b = bytes[at++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new DecodeException("proto: integer overflow");
  }

  /** Says of a message that ends too early what Loki's reader does (http-api.md §4.3). */
  private static DecodeException cutOff() {
    return new DecodeException("unexpected EOF");
  }

  private DecodeException malformed(String what) {
    return new DecodeException("proto: malformed message at byte " + at + ": " + what);
  }
}
