package dev.skald.storage.catalog;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.Crc32c;
import dev.skald.storage.bytes.MalformedException;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.ObjectStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * What is around the payload of an edit or a checkpoint; {@code docs/format/catalog.md} draws it.
 */
enum CatalogObject {
  EDIT("SKALDEDT", 64 << 20),
  STATE("SKALDSTA", 128 << 20);

  static final int VERSION = 1;

  private static final int MAGIC_BYTES = 8;
  private static final int HEAD = 24;
  private static final int AROUND = HEAD + 4;

  private final byte[] magic;
  private final int mostBytes;

  CatalogObject(String magic, int mostBytes) {
    this.magic = magic.getBytes(StandardCharsets.US_ASCII);
    this.mostBytes = mostBytes;
  }

  /**
   * Returns the whole object.
   *
   * @throws IOException if it would be longer than what is read back
   */
  byte[] wrap(long number, byte[] payload) throws IOException {
    if (payload.length > mostBytes - AROUND) {
      throw new IOException(
          "the catalog's "
              + name()
              + " "
              + number
              + " takes "
              + payload.length
              + " bytes, at most "
              + (mostBytes - AROUND)
              + " are allowed");
    }
    ByteWriter out = new ByteWriter(AROUND + payload.length);
    out.bytes(magic).u32(VERSION).u64(number).u32(payload.length).bytes(payload);
    return out.u32(Crc32c.of(out.array(), 0, out.size())).toByteArray();
  }

  /**
   * Reads an object.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  byte[] fetch(ObjectStore store, String key) throws IOException {
    long size = store.size(key);
    if (size > mostBytes) {
      throw new CorruptDataException(key, 0, size + " bytes, wanted at most " + mostBytes);
    }
    try {
      return store.get(key, 0, (int) size);
    } catch (EOFException shorter) {
      throw new CorruptDataException(key, 0, "it has not the length that the store says");
    }
  }

  /**
   * Decodes the payload of an object.
   *
   * @throws CorruptDataException if it is not what was written
   * @throws IOException if it is of another version
   */
  <T> T unwrap(String key, long number, byte[] bytes, Function<ByteReader, T> payload)
      throws IOException {
    if (bytes.length < AROUND || !Arrays.equals(bytes, 0, MAGIC_BYTES, magic, 0, MAGIC_BYTES)) {
      throw new CorruptDataException(key, 0, "the magic bytes of an " + name() + " were wanted");
    }
    ByteReader in = new ByteReader(bytes, MAGIC_BYTES, bytes.length - MAGIC_BYTES);
    int version = in.u32();
    long found = in.u64();
    long length = in.u32() & 0xFFFFFFFFL;
    if (length != bytes.length - AROUND) {
      throw new CorruptDataException(
          key, HEAD - 4, length + " bytes of payload, wanted " + (bytes.length - AROUND));
    }
    int crc = new ByteReader(bytes, bytes.length - 4, 4).u32();
    if (crc != Crc32c.of(bytes, 0, bytes.length - 4)) {
      throw new CorruptDataException(key, bytes.length - 4, "the checksum is wrong");
    }
    if (version != VERSION) {
      throw new IOException(
          key + " is of version " + version + ", this Skald reads version " + VERSION);
    }
    if (found != number) {
      throw new CorruptDataException(key, 12, "number " + found + ", wanted " + number);
    }
    return read(key, new ByteReader(bytes, HEAD, (int) length), payload);
  }

  private static <T> T read(String key, ByteReader in, Function<ByteReader, T> payload)
      throws CorruptDataException {
    try {
      return payload.apply(in);
    } catch (MalformedException | IllegalArgumentException | ArithmeticException failure) {
      throw new CorruptDataException(key, in.position(), failure.getMessage());
    }
  }
}
