package dev.skald.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Keeps nothing: for those who rather lose what is not sealed than write it twice. */
public final class NoWal implements WalStore {
  @Override
  public List<Long> numbers() {
    return List.of();
  }

  @Override
  public long nextNumber() {
    return 0;
  }

  @Override
  public WalStore.File create(long number) {
    return new Nothing();
  }

  @Override
  public WalStore.File open(long number) throws IOException {
    throw new IOException("there is no log " + number);
  }

  @Override
  public void delete(long number) {
    // Nothing is there.
  }

  @Override
  public String path(long number) {
    return "no log " + number;
  }

  @Override
  public String quarantine(long number) throws IOException {
    throw new IOException("there is no log " + number);
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
