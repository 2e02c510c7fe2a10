package dev.skald.ingester;

import dev.skald.storage.wal.WalStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A log on a disk that gets full, or whose sync fails, when told to. */
final class FaultyLogs implements WalStore {
  private final WalStore real;
  volatile long bytesLeft = Long.MAX_VALUE;
  volatile boolean syncFails;
  volatile double used;

  FaultyLogs(WalStore real) {
    this.real = real;
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
    return new FaultyFile(real.create(number));
  }

  @Override
  public WalStore.File open(long number) throws IOException {
    return new FaultyFile(real.open(number));
  }

  @Override
  public void delete(long number) throws IOException {
    real.delete(number);
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

    FaultyFile(WalStore.File file) {
      this.file = file;
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      int fits = (int) Math.min(bytes.remaining(), bytesLeft);
      ByteBuffer part = bytes.slice(bytes.position(), fits);
      file.write(part, offset);
      bytesLeft -= fits;
      if (fits < bytes.remaining()) {
        throw new IOException("No space left on device");
      }
      bytes.position(bytes.limit());
    }

    @Override
    public int read(ByteBuffer bytes, long offset) throws IOException {
      return file.read(bytes, offset);
    }

    @Override
    public void force() throws IOException {
      if (syncFails) {
        throw new IOException("Input/output error");
      }
      file.force();
    }

    @Override
    public void truncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
