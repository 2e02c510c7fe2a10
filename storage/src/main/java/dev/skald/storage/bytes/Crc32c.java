package dev.skald.storage.bytes;

import java.util.zip.CRC32C;

/** The checksum of every format (RFC 3720, appendix B.4). */
public final class Crc32c {
  private Crc32c() {}

  public static int of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** Returns the checksum of two ranges, one after the other. */
  public static int of(byte[] head, int headLength, byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(head, 0, headLength);
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
