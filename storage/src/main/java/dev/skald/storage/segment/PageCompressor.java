package dev.skald.storage.segment;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.Crc32c;
import dev.skald.storage.bytes.LittleEndian;
import java.util.Arrays;

/**
 * Turns raw pages into {@link PageFrame}s. Holds one zstd context and its scratch; close it. Not
 * safe for use by several threads.
 */
final class PageCompressor implements AutoCloseable {
  /** Below this a zstd frame's own head eats the gain. */
  private static final int SMALLEST = 24;

  private final ZstdCompressCtx zstd = new ZstdCompressCtx();
  private byte[] scratch = new byte[1 << 16];

  PageCompressor(int level) {
    zstd.setLevel(level).setChecksum(false).setContentSize(false);
  }

  byte[] frame(ByteWriter raw) {
    return frame(raw.array(), 0, raw.size());
  }

  /** Returns the frame of a page, compressed if that saves at least a 32nd of it. */
  byte[] frame(byte[] raw, int offset, int length) {
    if (length > PageFrame.MAX_RAW) {
      throw new IllegalArgumentException(
          "a page of " + length + " bytes, wanted at most " + PageFrame.MAX_RAW);
    }
    int compressed = length < SMALLEST ? length : compress(raw, offset, length);
    boolean useful = compressed < length - (length >> 5);
    int stored = useful ? compressed : length;
    byte[] frame = new byte[PageFrame.HEAD + stored];
    frame[0] = (byte) (useful ? PageFrame.ZSTD : PageFrame.STORED);
    LittleEndian.putInt(frame, 1, length);
    LittleEndian.putInt(frame, 5, stored);
    System.arraycopy(useful ? scratch : raw, useful ? 0 : offset, frame, PageFrame.HEAD, stored);
    int crc = Crc32c.of(frame, PageFrame.CHECKED_HEAD, frame, PageFrame.HEAD, stored);
    LittleEndian.putInt(frame, PageFrame.CHECKED_HEAD, crc);
    return frame;
  }

  private int compress(byte[] raw, int offset, int length) {
    int bound = Math.toIntExact(Zstd.compressBound(length));
    if (scratch.length < bound) {
      scratch = Arrays.copyOf(scratch, bound);
    }
    return zstd.compressByteArray(scratch, 0, scratch.length, raw, offset, length);
  }

  @Override
  public void close() {
    zstd.close();
  }
}
