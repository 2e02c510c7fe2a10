package dev.skald.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.xerial.snappy.Snappy;

/** Puts protobuf messages together, field by field, whatever sense they make. */
public final class Protobuf {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Adds a field of bytes. */
  public Protobuf bytes(int field, byte[] value) {
    varint(field << 3 | 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  public Protobuf text(int field, String value) {
    return bytes(field, value.getBytes(UTF_8));
  }

  public Protobuf message(int field, Protobuf message) {
    return bytes(field, message.toByteArray());
  }

  public Protobuf number(int field, long value) {
    varint(field << 3);
    varint(value);
    return this;
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  public byte[] toByteArray() {
    return out.toByteArray();
  }

  /** Returns the message as Loki's push wants it. */
  public byte[] snappy() {
    try {
      return Snappy.compress(out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
