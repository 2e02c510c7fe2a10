package dev.skald.server;

import dev.skald.config.S3Config;
import dev.skald.config.SkaldConfig;
import dev.skald.config.StorageConfig;
import dev.skald.storage.object.FilesystemStore;
import dev.skald.storage.object.MeteredStore;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.ObjectStoreListener;
import dev.skald.storage.object.S3Store;
import java.io.IOException;
import java.time.Duration;

/** Opens the object store that a configuration names. */
final class ObjectStores {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private ObjectStores() {}

  /**
   * Opens the store for writing; waits a minute for a bucket that is not there yet.
   *
   * @param lifecycle closes it at the end
   * @throws IOException that says which endpoint, which bucket and why
   */
  static ObjectStore open(SkaldConfig config, ObjectStoreListener listener, Lifecycle lifecycle)
      throws IOException {
    StorageConfig storage = config.storage();
    ObjectStore store =
        switch (storage.kind()) {
          case FILESYSTEM -> new FilesystemStore(storage.directory());
          case S3 -> s3(config, listener, lifecycle);
        };
    return new MeteredStore(store, listener, System::nanoTime);
  }

  /**
   * Opens a bucket that the start does not wait for: whoever uses it bears its absence.
   *
   * @throws IOException if the configuration cannot be used
   */
  static ObjectStore openUnchecked(
      S3Config config, ObjectStoreListener listener, Lifecycle lifecycle) throws IOException {
    S3Store store = S3Store.open(config, listener);
    lifecycle.onStop(store::close);
    return new MeteredStore(store, listener, System::nanoTime);
  }

  /** A process that only reads may have no right to write. */
  private static S3Store s3(SkaldConfig config, ObjectStoreListener listener, Lifecycle lifecycle)
      throws IOException {
    S3Store store = S3Store.open(config.storage().s3(), listener);
    lifecycle.onStop(store::close);
    new StoreWait(PATIENCE, System::nanoTime, Thread::sleep)
        .until(
            () -> {
              store.checkReads();
              if (config.target() != SkaldConfig.Target.READ) {
                store.checkWrites();
              }
            });
    return store;
  }
}
