package dev.skald.ruler.remotewrite;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.Crc32c;
import dev.skald.storage.object.CorruptDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.xerial.snappy.Snappy;

/**
 * Samples as they wait on disk; {@code docs/format/remote-write.md} draws it.
 *
 * @param samples how many
 * @param savedAt in milliseconds
 * @param request a {@link WriteRequest}, compressed with snappy in its block format
 */
record SampleObject(int samples, Instant savedAt, byte[] request) {
  static final int HEAD = 28;

  private static final byte[] MAGIC = "SKALDRWQ".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int MOST_BYTES = 64 << 20;
  private static final int AROUND = HEAD + 4;

  /** What stands before the request. */
  record Head(int samples, Instant savedAt, int requestBytes) {}

  byte[] encode() {
    ByteWriter out = new ByteWriter(AROUND + request.length);
    out.bytes(MAGIC).u32(VERSION).u32(samples).u64(savedAt.toEpochMilli()).u32(request.length);
    out.bytes(request);
    return out.u32(Crc32c.of(out.array(), 0, out.size())).toByteArray();
  }

  /**
   * Reads the beginning of an object, which has no checksum of its own.
   *
   * @param bytes the first {@link #HEAD}
   * @param size of the whole object
   * @throws CorruptDataException if it cannot be one
   * @throws IOException if it is of another version
   */
  static Head head(String key, byte[] bytes, long size) throws IOException {
    if (size < AROUND || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new CorruptDataException(key, 0, "the magic bytes SKALDRWQ were wanted");
    }
    ByteReader in = new ByteReader(bytes, MAGIC.length, HEAD - MAGIC.length);
    int version = in.u32();
    if (version != VERSION) {
      throw new IOException(
          key + " is of version " + version + ", this Skald reads version " + VERSION);
    }
    int samples = in.u32();
    long saved = in.u64();
    long length = in.u32() & 0xFFFFFFFFL;
    if (length != size - AROUND) {
      throw new CorruptDataException(
          key, HEAD - 4, length + " bytes of a request, wanted " + (size - AROUND));
    }
    if (samples <= 0) {
      throw new CorruptDataException(key, 12, samples + " samples, wanted at least one");
    }
    return new Head(samples, Instant.ofEpochMilli(saved), (int) length);
  }

  /**
   * Reads a whole object.
   *
   * @throws CorruptDataException if it is not what was written
   * @throws IOException if it is of another version
   */
  static SampleObject decode(String key, byte[] bytes) throws IOException {
    int body = bytes.length - 4;
    boolean sound =
        bytes.length >= AROUND && new ByteReader(bytes, body, 4).u32() == Crc32c.of(bytes, 0, body);
    if (!sound) {
      throw new CorruptDataException(key, Math.max(0, body), "the checksum is wrong");
    }
    Head head = head(key, bytes, bytes.length);
    return new SampleObject(head.samples, head.savedAt, Arrays.copyOfRange(bytes, HEAD, body));
  }

  /**
   * Returns the request without its compression.
   *
   * @throws CorruptDataException if it is not compressed as it should be
   */
  byte[] uncompressed(String key) throws CorruptDataException {
    try {
      int length = Snappy.uncompressedLength(request);
      if (length < 0 || length > MOST_BYTES) {
        throw new CorruptDataException(
            key, HEAD, length + " bytes uncompressed, wanted at most " + MOST_BYTES);
      }
      return Snappy.uncompress(request);
    } catch (CorruptDataException e) {
      throw e;
    } catch (IOException e) {
      throw new CorruptDataException(key, HEAD, "the request is not snappy: " + e.getMessage());
    }
  }
}
