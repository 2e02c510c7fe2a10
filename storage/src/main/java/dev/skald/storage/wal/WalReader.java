package dev.skald.storage.wal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Reads the records of one log file in order. Bytes that are no frame are skipped up to the next
 * good frame and told to the {@link Damage} listener. Holds one record in memory. Not safe for use
 * by several threads.
 */
public final class WalReader implements Closeable {

  /** Hears of bytes that were left out. */
  public interface Damage {

    /** Hears nothing. */
    Damage IGNORED =
        new Damage() {
          @Override
          public void torn(long offset, long bytes) {}

          @Override
          public void corrupt(long offset, long bytes, String problem) {}
        };

    /** The file ends inside a record: a crash tore the last write. */
    void torn(long offset, long bytes);

    /** Bytes that were written whole have changed since, or never were a record. */
    void corrupt(long offset, long bytes, String problem) throws IOException;
  }

  private static final int SCAN_BYTES = 1 << 16;

  private final WalStore.File file;
  private final Damage damage;
  private final long size;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer header =
      ByteBuffer.allocate(WalFormat.FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private byte[] record = new byte[0];
  private int recordLength;
  private long recordOffset;
  private long position;
  private int mark;

  /**
   * Opens the file of a number. A damaged file header is told, and frames are looked for.
   *
   * @throws IOException if the file cannot be read, or was written in a format of another version
   */
  public static WalReader open(WalStore store, long number, Damage damage) throws IOException {
    WalStore.File file = store.open(number);
    try {
      WalReader reader = new WalReader(file, damage);
      reader.readFileHeader(number);
      return reader;
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private WalReader(WalStore.File file, Damage damage) throws IOException {
    this.file = file;
    this.damage = damage;
    this.size = file.size();
  }

  /** Moves to the next good record; false at the end of the file. */
  public boolean next() throws IOException {
    if (position >= size) {
      return false;
    }
    String problem = readFrame(position);
    if (problem == null) {
      return true;
    }
    return skip(position, problem);
  }

  /** Returns the record; its bytes are valid until the next call of {@link #next}. */
  public PushRecord record() {
    return new PushRecord(record, recordLength);
  }

  /** Returns where in the file the record's frame begins. */
  public long offset() {
    return recordOffset;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void readFileHeader(long number) throws IOException {
    if (size < WalFormat.FILE_HEADER_BYTES) {
      position = size;
      if (size > 0) {
        damage.torn(0, size);
      }
      return;
    }
    read(header.clear(), 0);
    position = WalFormat.FILE_HEADER_BYTES;
    mark = header.getInt(WalFormat.MARK_AT);
    int version = header.getInt(WalFormat.VERSION_AT);
    if (!header.equals(WalFormat.fileHeader(version, number, mark))) {
      damage.corrupt(0, WalFormat.FILE_HEADER_BYTES, "not the header of log file " + number);
      takeMarkFromFirstFrame();
    } else if (version != WalFormat.VERSION) {
      throw new IOException(
          "log file %d has format version %d, this program reads %d"
              .formatted(number, version, WalFormat.VERSION));
    }
  }

  private void takeMarkFromFirstFrame() throws IOException {
    if (size - position >= WalFormat.FRAME_HEADER_BYTES) {
      read(header.clear().limit(WalFormat.FRAME_HEADER_BYTES), position);
      mark = header.getInt(0);
    }
  }

  /** Skips from a bad frame to the next good one. */
  private boolean skip(long from, String problem) throws IOException {
    long good = findFrame(from + 1);
    if (good < 0 && isTorn(from)) {
      damage.torn(from, size - from);
    } else {
      damage.corrupt(from, (good < 0 ? size : good) - from, problem);
    }
    if (good < 0) {
      position = size;
    }
    return good >= 0;
  }

  /** Returns whether what begins at an offset and reaches the end looks like a cut frame. */
  private boolean isTorn(long offset) throws IOException {
    long left = size - offset;
    if (left < WalFormat.FRAME_HEADER_BYTES) {
      return true;
    }
    read(header.clear().limit(WalFormat.FRAME_HEADER_BYTES), offset);
    boolean neverWritten = header.getLong(0) == 0;
    int rest = (int) Math.min(left - WalFormat.FRAME_HEADER_BYTES, Integer.MAX_VALUE);
    int length = header.getInt(4);
    boolean cut = header.getInt(0) == mark && length > rest && length <= WalFormat.MAX_RECORD_BYTES;
    return neverWritten || cut && !isWhole(offset, rest, header.getInt(8));
  }

  /** Returns whether the frame that reaches the end is whole, and only its length has changed. */
  private boolean isWhole(long offset, int length, int wanted) throws IOException {
    byte[] rest = new byte[length];
    read(ByteBuffer.wrap(rest), offset + WalFormat.FRAME_HEADER_BYTES);
    return WalFormat.checksum(crc, rest, length) == wanted;
  }

  /** Returns the offset of the next good frame, which is then the current record, or -1. */
  private long findFrame(long from) throws IOException {
    if (mark == 0) {
      return -1;
    }
    ByteBuffer window = ByteBuffer.allocate(SCAN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    long start = from;
    while (size - start >= WalFormat.FRAME_HEADER_BYTES) {
      window.clear().limit((int) Math.min(SCAN_BYTES, size - start));
      read(window, start);
      int last = window.limit() - Integer.BYTES;
      for (int i = 0; i <= last; i++) {
        if (window.getInt(i) == mark && readFrame(start + i) == null) {
          return start + i;
        }
      }
      start += last + 1;
    }
    return -1;
  }

  /** Reads the frame at an offset; returns what is wrong with it, or null. */
  private String readFrame(long offset) throws IOException {
    long left = size - offset - WalFormat.FRAME_HEADER_BYTES;
    if (left < 0) {
      return "a frame header cut off";
    }
    read(header.clear().limit(WalFormat.FRAME_HEADER_BYTES), offset);
    int got = header.getInt(0);
    int length = header.getInt(4);
    int wanted = header.getInt(8);
    if (got != mark) {
      return "frame mark %08x, wanted %08x".formatted(got, mark);
    }
    if (length < 0 || length > left || length > WalFormat.MAX_RECORD_BYTES) {
      return "record length " + Integer.toUnsignedString(length) + " where " + left + " are left";
    }
    if (record.length < length) {
      record = new byte[length];
    }
    read(ByteBuffer.wrap(record, 0, length), offset + WalFormat.FRAME_HEADER_BYTES);
    int checksum = WalFormat.checksum(crc, record, length);
    if (checksum != wanted) {
      return "record checksum %08x, wanted %08x".formatted(checksum, wanted);
    }
    recordLength = length;
    recordOffset = offset;
    position = offset + WalFormat.FRAME_HEADER_BYTES + length;
    return null;
  }

  /** Fills the buffer from an offset and flips it. */
  private void read(ByteBuffer into, long offset) throws IOException {
    int from = into.position();
    long at = offset;
    while (into.hasRemaining()) {
      int count = file.read(into, at);
      if (count < 0) {
        throw new IOException("the log file ended at byte " + at + ", wanted " + size);
      }
      at += count;
    }
    into.position(from);
  }
}
