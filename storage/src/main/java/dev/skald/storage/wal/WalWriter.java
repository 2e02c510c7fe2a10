package dev.skald.storage.wal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.zip.CRC32C;

/**
 * Appends records to one log file. Records are durable after {@link #commit}; {@link #rollback}
 * takes back those that were appended since. Not safe for use by several threads.
 */
public final class WalWriter implements Closeable {
  private static final int BUFFER_BYTES = 1 << 18;

  private final WalStore.File file;
  private final int mark;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /** Where in the file the buffer's first byte will stand. */
  private long flushed;

  private long committed;

  private WalWriter(WalStore.File file, int mark) {
    this.file = file;
    this.mark = mark;
  }

  /** Starts the file of a number; leaves none behind if that fails. */
  public static WalWriter create(WalStore store, long number) throws IOException {
    return create(store, number, new SecureRandom().nextInt() | 1);
  }

  /**
   * @param mark begins each frame, not 0. A reader finds the next frame by it after bad bytes, so
   *     nobody who pushes lines may know it.
   */
  static WalWriter create(WalStore store, long number, int mark) throws IOException {
    WalStore.File file = store.create(number);
    try {
      ByteBuffer header = WalFormat.fileHeader(number, mark);
      file.write(header, 0);
      WalWriter writer = new WalWriter(file, mark);
      writer.flushed = header.limit();
      writer.committed = header.limit();
      return writer;
    } catch (IOException | RuntimeException | Error e) {
      try (file) {
        store.delete(number);
      }
      throw e;
    }
  }

  /**
   * Appends a record.
   *
   * @throws IOException if it cannot be written; the caller then calls {@link #rollback}
   */
  public void append(PushRecord record) throws IOException {
    int length = record.length();
    if (length > WalFormat.MAX_RECORD_BYTES) {
      throw new IOException(
          "a record of " + length + " bytes, wanted at most " + WalFormat.MAX_RECORD_BYTES);
    }
    if (buffer.remaining() < WalFormat.FRAME_HEADER_BYTES) {
      flush();
    }
    buffer.putInt(mark).putInt(length);
    buffer.putInt(WalFormat.checksum(crc, record.bytes(), length));
    int done = 0;
    while (done < length) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int part = Math.min(buffer.remaining(), length - done);
      buffer.put(record.bytes(), done, part);
      done += part;
    }
  }

  /**
   * Hands every record to the operating system.
   *
   * @param force whether to wait until they are on stable storage
   * @throws IOException if that fails; the caller then calls {@link #rollback}
   */
  public void commit(boolean force) throws IOException {
    flush();
    if (force) {
      file.force();
    }
    committed = flushed;
  }

  /**
   * Forgets the records since the last commit and cuts them off the file.
   *
   * @throws IOException if they could not be cut off; the next records overwrite them nevertheless
   */
  public void rollback() throws IOException {
    buffer.clear();
    flushed = committed;
    file.truncate(committed);
  }

  /** Returns how many bytes of the file are committed. */
  public long committedBytes() {
    return committed;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void flush() throws IOException {
    buffer.flip();
    int bytes = buffer.remaining();
    file.write(buffer, flushed);
    flushed += bytes;
    buffer.clear();
  }
}
