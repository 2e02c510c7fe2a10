package dev.skald.storage.wal;

import dev.skald.storage.catalog.LogId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Keeps nothing: for those who rather lose what is not sealed than write it twice. What an earlier
 * run has left in a log is still there to be read, and its numbers are not given out again.
 */
public final class NoWal implements WalStore {
  private final WalStore earlier;
  private final LogId id;

  /** Makes one where there has never been a log. */
  public NoWal() {
    this(null);
  }

  /**
   * @param earlier the log of an earlier run, or null if there is none
   */
  public NoWal(WalStore earlier) {
    this.earlier = earlier;
    this.id = earlier == null ? LogId.random() : earlier.id();
  }

  @Override
  public LogId id() {
    return id;
  }

  @Override
  public List<Long> numbers() throws IOException {
    return earlier == null ? List.of() : earlier.numbers();
  }

  @Override
  public long nextNumber() throws IOException {
    return earlier == null ? 0 : earlier.nextNumber();
  }

  @Override
  public WalStore.File create(long number) {
    return new Nothing();
  }

  @Override
  public WalStore.File open(long number) throws IOException {
    return earlier(number).open(number);
  }

  @Override
  public void delete(long number) throws IOException {
    if (earlier != null) {
      earlier.delete(number);
    }
  }

  @Override
  public String path(long number) {
    return earlier == null ? "no log " + number : earlier.path(number);
  }

  @Override
  public String quarantine(long number) throws IOException {
    return earlier(number).quarantine(number);
  }

  @Override
  public long size(long number) throws IOException {
    return earlier(number).size(number);
  }

  private WalStore earlier(long number) throws IOException {
    if (earlier == null) {
      throw new IOException("there is no log " + number);
    }
    return earlier;
  }

  @Override
  public double usedShare() {
    return 0;
  }

  private record Nothing() implements WalStore.File {
    @Override
    public void write(ByteBuffer bytes, long offset) {
      bytes.position(bytes.limit());
    }

    @Override
    public int read(ByteBuffer bytes, long offset) {
      return -1;
    }

    @Override
    public void force() {
      // Nothing to wait for.
    }

    @Override
    public void truncate(long size) {
      // Nothing to cut.
    }

    @Override
    public long size() {
      return 0;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
