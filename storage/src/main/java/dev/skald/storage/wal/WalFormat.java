package dev.skald.storage.wal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The bytes around the records of a log file; {@code docs/format/wal.md} draws them.
 *
 * <pre>
 * file   := magic u64 | version u32 | mark u32 | head number u64 | CRC u32 of the 24 bytes before | frame*
 * frame  := mark u32 | length u32 | CRC u32 of length and record | record
 * </pre>
 */
final class WalFormat {
  /** "SKALDWAL". */
  static final long MAGIC = 0x4c4157444c414b53L;

  static final int VERSION = 1;
  static final int VERSION_AT = 8;
  static final int MARK_AT = 12;
  static final int FILE_HEADER_BYTES = 28;

  static final int FRAME_HEADER_BYTES = 12;

  /** A longer record is not written, and not believed when read. */
  static final int MAX_RECORD_BYTES = PushRecord.MAX_BYTES;

  private WalFormat() {}

  static ByteBuffer fileHeader(long number, int mark) {
    return fileHeader(VERSION, number, mark);
  }

  static ByteBuffer fileHeader(int version, long number, int mark) {
    ByteBuffer header = ByteBuffer.allocate(FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MAGIC).putInt(version).putInt(mark).putLong(number);
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, header.position());
    return header.putInt((int) crc.getValue()).flip();
  }

  /** Returns the checksum of a record and its length. */
  static int checksum(CRC32C crc, byte[] record, int length) {
    crc.reset();
    for (int shift = 0; shift < 32; shift += 8) {
      crc.update(length >>> shift);
    }
    crc.update(record, 0, length);
    return (int) crc.getValue();
  }
}
