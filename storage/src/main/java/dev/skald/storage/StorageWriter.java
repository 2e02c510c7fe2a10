package dev.skald.storage;

import dev.skald.storage.catalog.Catalog;
import dev.skald.storage.catalog.DirectoryLock;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.catalog.NewSegments;
import dev.skald.storage.object.Directories;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentOptions;
import java.io.IOException;
import java.time.InstantSource;

/** What the one process has that writes a store. */
final class StorageWriter implements AutoCloseable {
  private final DirectoryLock lock;
  private final Catalog catalog;
  private final NewSegments segments;
  private final Sealing sealing;
  private final GarbageSweep garbage;

  private StorageWriter(
      DirectoryLock lock, Catalog catalog, ObjectStore store, StorageOptions options) {
    this.lock = lock;
    this.catalog = catalog;
    this.segments = new NewSegments(store, catalog);
    this.sealing =
        new Sealing(catalog, segments, SegmentOptions.SEAL.withLevel(options.zstdLevel()));
    this.garbage = new GarbageSweep(store, catalog);
  }

  /** Takes the data directory and the store, and removes what unfinished work has left. */
  static StorageWriter open(
      StorageOptions options, ObjectStore store, LogId log, InstantSource clock)
      throws IOException {
    Directories.createDurably(options.directory());
    DirectoryLock lock = DirectoryLock.take(options.directory());
    try {
      store.removeUnfinished();
      Catalog catalog = Catalog.open(store, log, clock, options.corruption());
      new Leftovers(store, catalog).remove();
      return new StorageWriter(lock, catalog, store, options);
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  Catalog catalog() {
    return catalog;
  }

  NewSegments segments() {
    return segments;
  }

  Sealing sealing() {
    return sealing;
  }

  GarbageSweep garbage() {
    return garbage;
  }

  @Override
  public void close() throws IOException {
    try {
      catalog.close();
    } finally {
      lock.close();
    }
  }
}
