package dev.skald.soak;

import dev.skald.storage.catalog.LogId;
import dev.skald.storage.wal.WalStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The log of a process that may die in the middle of a write, and whose disk may be full or fail to
 * sync when told. A sync that works costs nothing here: processes die, the machine does not.
 */
final class MortalLogs implements WalStore {
  private final WalStore logs;
  private final Death death;

  /** So many bytes are written before the process dies. */
  private volatile long bytesToDeath = Long.MAX_VALUE;

  private volatile boolean full;
  private volatile boolean syncFails;

  MortalLogs(WalStore logs, Death death) {
    this.logs = logs;
    this.death = death;
  }

  void dieAfter(long bytes) {
    bytesToDeath = bytes;
  }

  void full(boolean is) {
    full = is;
  }

  void syncFails(boolean does) {
    syncFails = does;
  }

  private void live() throws IOException {
    if (death.dead()) {
      throw new IOException("the process is dead");
    }
  }

  @Override
  public LogId id() {
    return logs.id();
  }

  @Override
  public List<Long> numbers() throws IOException {
    live();
    return logs.numbers();
  }

  @Override
  public long nextNumber() throws IOException {
    live();
    return logs.nextNumber();
  }

  @Override
  public WalStore.File create(long number) throws IOException {
    live();
    return new MortalFile(logs.create(number));
  }

  @Override
  public WalStore.File open(long number) throws IOException {
    live();
    return new MortalFile(logs.open(number));
  }

  @Override
  public void delete(long number) throws IOException {
    live();
    logs.delete(number);
  }

  @Override
  public String path(long number) {
    return logs.path(number);
  }

  @Override
  public String quarantine(long number) throws IOException {
    live();
    return logs.quarantine(number);
  }

  @Override
  public double usedShare() {
    return 0;
  }

  private final class MortalFile implements WalStore.File {
    private final WalStore.File file;
    private long synced;

    MortalFile(WalStore.File file) {
      this.file = file;
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      live();
      if (full) {
        throw new IOException("No space left on device");
      }
      int fits = (int) Math.min(bytes.remaining(), bytesToDeath);
      file.write(bytes.slice(bytes.position(), fits), offset);
      bytesToDeath -= fits;
      if (fits < bytes.remaining()) {
        death.die();
        live();
      }
      bytes.position(bytes.limit());
    }

    @Override
    public int read(ByteBuffer bytes, long offset) throws IOException {
      live();
      return file.read(bytes, offset);
    }

    /** As disks do, it loses what a sync has failed on, and says nothing of it at the next one. */
    @Override
    public void force() throws IOException {
      live();
      long size = file.size();
      if (syncFails && size > synced) {
        file.write(ByteBuffer.allocate((int) (size - synced)), synced);
        synced = size;
        throw new IOException("Input/output error");
      }
      synced = size;
    }

    @Override
    public void truncate(long size) throws IOException {
      live();
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
