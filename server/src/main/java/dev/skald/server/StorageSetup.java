package dev.skald.server;

import dev.skald.config.SkaldConfig;
import dev.skald.server.status.ObjectStoreMetrics;
import dev.skald.server.status.PageCacheMetrics;
import dev.skald.storage.RemoteReads;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.PageCache;
import dev.skald.storage.wal.WalStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Opens the store that the configuration names. */
record StorageSetup(SkaldConfig config, Clock clock, Lifecycle lifecycle, Metrics metrics) {
  /** What all queries have read ahead of a remote store may take this part of the heap. */
  private static final int AHEAD_PARTS = 16;

  /** Opens it for the one process that writes. */
  Storage writer(WalStore logs) throws IOException {
    Storage storage = Storage.open(options(), objects(), new Storage.Writer(logs.id(), clock));
    lifecycle.onStop(storage::close);
    return storage;
  }

  /** Opens it beside the process that writes. */
  Storage reader() throws IOException {
    Storage storage = Storage.openReader(options(), objects());
    lifecycle.onStop(storage::close);
    return storage;
  }

  private ObjectStore objects() throws IOException {
    return ObjectStores.open(config, new ObjectStoreMetrics(metrics.registry()), lifecycle);
  }

  private StorageOptions options() throws IOException {
    return new StorageOptions(
        config.storage().directory(),
        config.storage().zstdLevel(),
        config.storage().readerCacheBytes(),
        metrics.corruptions(),
        switch (config.storage().kind()) {
          case FILESYSTEM -> Optional.empty();
          case S3 -> Optional.of(remoteReads());
        });
  }

  private RemoteReads remoteReads() throws IOException {
    PageCache cache =
        PageCache.open(
            config.storage().directory().resolve("pages.cache"), config.storage().pageCacheBytes());
    lifecycle.onStop(cache::close);
    ExecutorService reads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("read-", 0).factory());
    lifecycle.onStop(reads::shutdownNow);
    return new RemoteReads(
        reads,
        Runtime.getRuntime().maxMemory() / AHEAD_PARTS,
        cache,
        new PageCacheMetrics(metrics.registry(), cache));
  }
}
