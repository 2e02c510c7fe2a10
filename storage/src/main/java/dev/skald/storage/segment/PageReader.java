package dev.skald.storage.segment;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.skald.storage.bytes.LittleEndian;
import dev.skald.storage.object.CorruptDataException;

/**
 * Turns {@link PageFrame}s back into raw pages. Holds one zstd context; close it. Not safe for use
 * by several threads.
 */
final class PageReader implements AutoCloseable {
  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private final String path;
  private long bytes;

  /**
   * @param path names the object in messages
   */
  PageReader(String path) {
    this.path = path;
  }

  /** Bytes of an object that begin at an offset of it. */
  record Piece(byte[] bytes, long offset) {}

  /**
   * Returns the raw bytes of the frame that fills a range of an object.
   *
   * @throws CorruptDataException if the range is not a frame, or its bytes have changed
   */
  byte[] read(Piece piece, long offset, int length) throws CorruptDataException {
    int at = check(piece, offset, length);
    byte[] raw = new byte[rawLength(piece, offset)];
    unpack(piece.bytes, at, raw, 0, offset);
    return raw;
  }

  /** Checks a frame and returns where it begins in the piece. */
  int check(Piece piece, long offset, int length) throws CorruptDataException {
    byte[] bytes = piece.bytes;
    long start = offset - piece.offset;
    if (length < PageFrame.HEAD || start < 0 || start + length > bytes.length) {
      throw corrupt(offset, "a page of " + length + " bytes that is not there");
    }
    int at = (int) start;
    int stored = LittleEndian.getInt(bytes, at + 5);
    if (stored != length - PageFrame.HEAD) {
      throw corrupt(offset, "stored length " + stored + ", wanted " + (length - PageFrame.HEAD));
    }
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(bytes, at, PageFrame.CHECKED_HEAD);
    crc.update(bytes, at + PageFrame.HEAD, stored);
    int wanted = LittleEndian.getInt(bytes, at + PageFrame.CHECKED_HEAD);
    if ((int) crc.getValue() != wanted) {
      throw corrupt(
          offset,
          "CRC32C "
              + Integer.toHexString((int) crc.getValue())
              + ", wanted "
              + Integer.toHexString(wanted));
    }
    int raw = LittleEndian.getInt(bytes, at + 1);
    if (raw < 0 || raw > PageFrame.MAX_RAW) {
      throw corrupt(offset, "raw length " + raw + ", wanted at most " + PageFrame.MAX_RAW);
    }
    this.bytes += length;
    return at;
  }

  /** Returns how many bytes the frames had that were read so far. */
  long bytes() {
    return bytes;
  }

  /** Returns the raw length that a checked frame names. */
  static int rawLength(Piece piece, long offset) {
    return LittleEndian.getInt(piece.bytes, (int) (offset - piece.offset) + 1);
  }

  /** Writes the raw bytes of a checked frame to a place in an array that has room for them. */
  void unpack(byte[] bytes, int at, byte[] target, int targetOffset, long offset)
      throws CorruptDataException {
    int raw = LittleEndian.getInt(bytes, at + 1);
    int stored = LittleEndian.getInt(bytes, at + 5);
    int body = at + PageFrame.HEAD;
    switch (bytes[at]) {
      case PageFrame.STORED -> {
        if (raw != stored) {
          throw corrupt(offset, "raw length " + raw + ", wanted the stored " + stored);
        }
        System.arraycopy(bytes, body, target, targetOffset, raw);
      }
      case PageFrame.ZSTD -> {
        int got = decompress(bytes, body, stored, target, targetOffset, raw, offset);
        if (got != raw) {
          throw corrupt(offset, "decompressed to " + got + " bytes, wanted " + raw);
        }
      }
      default -> throw corrupt(offset, "codec " + bytes[at] + ", wanted 0 or 1");
    }
  }

  private int decompress(
      byte[] bytes, int from, int length, byte[] target, int targetFrom, int room, long offset)
      throws CorruptDataException {
    try {
      return zstd.decompressByteArray(target, targetFrom, room, bytes, from, length);
    } catch (ZstdException failure) {
      throw corrupt(offset, "zstd says: " + failure.getMessage());
    }
  }

  CorruptDataException corrupt(long offset, String problem) {
    return new CorruptDataException(path, offset, problem);
  }

  @Override
  public void close() {
    zstd.close();
  }
}
