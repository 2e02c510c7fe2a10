package dev.skald.storage.object;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Reads for one caller that may stop waiting for a store that is far away: what it has begun to
 * read then comes in vain.
 *
 * @param executor reads, so that the caller is free to look around
 * @param pause runs now and then while the caller waits; what it throws ends the wait
 */
public record PausingRanges(RangeReader ranges, Executor executor, Runnable pause)
    implements RangeReader {

  @Override
  public byte[] read(String key, long size, long offset, int length) throws IOException {
    Pending<byte[]> bytes = new Pending<>();
    try {
      executor.execute(() -> read(key, size, offset, length, bytes));
    } catch (RejectedExecutionException stopping) {
      return ranges.read(key, size, offset, length);
    }
    return bytes.await(pause);
  }

  private void read(String key, long size, long offset, int length, Pending<byte[]> bytes) {
    try {
      bytes.complete(ranges.read(key, size, offset, length));
    } catch (Throwable failure) {
      // Thrown to whoever waits for the bytes.
      bytes.fail(failure);
    }
  }

  @Override
  public int gap() {
    return ranges.gap();
  }
}
