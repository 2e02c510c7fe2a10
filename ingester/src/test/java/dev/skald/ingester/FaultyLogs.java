package dev.skald.ingester;

import dev.skald.storage.catalog.LogId;
import dev.skald.storage.wal.WalStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A log on a disk that gets full, cannot be read, or whose sync fails, when told to. As disks do,
 * it loses what a sync has failed on, and says nothing of it at the next one.
 */
final class FaultyLogs implements WalStore {
  private final WalStore real;
  volatile long bytesLeft = Long.MAX_VALUE;
  volatile boolean syncFails;
  volatile long badNumber = -1;
  volatile long badFrom;
  volatile double used;
  volatile boolean deletesFail;
  private final Faults faults;

  FaultyLogs(WalStore real, Faults faults) {
    this.real = real;
    this.faults = faults;
  }

  @Override
  public LogId id() {
    return real.id();
  }

  @Override
  public List<Long> numbers() throws IOException {
    return real.numbers();
  }

  @Override
  public long nextNumber() throws IOException {
    return real.nextNumber();
  }

  @Override
  public WalStore.File create(long number) throws IOException {
    return new FaultyFile(faults.run(() -> real.create(number)), number);
  }

  @Override
  public WalStore.File open(long number) throws IOException {
    return new FaultyFile(real.open(number), number);
  }

  @Override
  public void delete(long number) throws IOException {
    if (deletesFail) {
      throw new IOException("Read-only file system");
    }
    faults.act(() -> real.delete(number));
  }

  @Override
  public String path(long number) {
    return real.path(number);
  }

  @Override
  public String quarantine(long number) throws IOException {
    return real.quarantine(number);
  }

  @Override
  public double usedShare() {
    return used;
  }

  private final class FaultyFile implements WalStore.File {
    private final WalStore.File file;
    private final long number;
    private long synced;

    FaultyFile(WalStore.File file, long number) {
      this.file = file;
      this.number = number;
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      int fits = (int) Math.min(bytes.remaining(), bytesLeft);
      ByteBuffer part = bytes.slice(bytes.position(), fits);
      faults.act(() -> file.write(part, offset));
      bytesLeft -= fits;
      if (fits < bytes.remaining()) {
        throw new IOException("No space left on device");
      }
      bytes.position(bytes.limit());
    }

    @Override
    public int read(ByteBuffer bytes, long offset) throws IOException {
      if (number == badNumber && offset >= badFrom) {
        throw new IOException("Input/output error");
      }
      return file.read(bytes, offset);
    }

    @Override
    public void force() throws IOException {
      long size = file.size();
      if (syncFails) {
        file.write(ByteBuffer.allocate((int) (size - synced)), synced);
        synced = size;
        throw new IOException("Input/output error");
      }
      faults.act(file::force);
      synced = size;
    }

    @Override
    public void truncate(long size) throws IOException {
      faults.act(() -> file.truncate(size));
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void close() throws IOException {
      faults.act(file::close);
    }
  }
}
