package dev.skald.ingester;

import dev.skald.storage.wal.WalStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the disk of the log is too full for more lines. What is left free above the threshold is
 * for the segments of the lines that are in the log already. Safe for use by any thread.
 */
final class WalDisk {
  private static final Logger LOG = LoggerFactory.getLogger(WalDisk.class);

  private final WalStore logs;
  private final double threshold;
  private volatile double used;
  private volatile long logBytes;

  /**
   * @param threshold share of the disk from which on it is full; 0 for never
   */
  WalDisk(WalStore logs, double threshold) {
    this.logs = logs;
    this.threshold = threshold;
  }

  /** Asks the disk. If it does not answer, what it said last is believed. */
  void look() {
    try {
      boolean before = isFull();
      used = logs.usedShare();
      if (isFull() != before) {
        LOG.warn(before ? "The disk of the log has room again, pushes are taken" : text());
      }
      logBytes = logBytesNow();
    } catch (IOException e) {
      LOG.warn("Cannot tell how full the disk of the log is: {}", e.toString());
    }
  }

  private long logBytesNow() throws IOException {
    long sum = 0;
    for (long number : logs.numbers()) {
      try {
        sum += logs.size(number);
      } catch (NoSuchFileException sealed) {
        // It is gone since it was listed.
      }
    }
    return sum;
  }

  /** Returns how many bytes all log files had at the last look. */
  long logBytes() {
    return logBytes;
  }

  boolean isFull() {
    return threshold > 0 && used >= threshold;
  }

  /** Returns why pushes are refused. */
  String text() {
    return String.format(
        Locale.ROOT,
        "the disk of the write-ahead log is full: %.1f %% are in use, pushes are taken below %.1f"
            + " %%",
        100 * used,
        100 * threshold);
  }
}
