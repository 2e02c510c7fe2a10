package dev.skald.storage;

import dev.skald.storage.catalog.Catalog;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.Garbage;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the objects of removed segments once no query can still read them. */
final class GarbageSweep {
  private static final Logger log = LoggerFactory.getLogger(GarbageSweep.class);

  /** One sweep deletes no more, so that it comes to an end. */
  private static final int MOST_AT_ONCE = 1_000;

  private final ObjectStore store;
  private final Catalog catalog;

  GarbageSweep(ObjectStore store, Catalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  /**
   * Deletes what is due, and takes it off the list by one edit. What cannot be deleted stays there.
   *
   * @return how many objects were deleted
   * @throws IOException if the edit fails; the next sweep does it again
   */
  int sweep(Instant now) throws IOException {
    catalog.settle();
    CatalogEdit.Builder swept = CatalogEdit.builder();
    int deleted = 0;
    for (Garbage garbage : catalog.snapshot().garbage()) {
      if (deleted < MOST_AT_ONCE && catalog.isDue(garbage, now) && delete(garbage.key())) {
        swept.sweep(garbage);
        deleted++;
      }
    }
    catalog.commit(swept.build());
    return deleted;
  }

  private boolean delete(String key) {
    try {
      store.delete(key);
      return true;
    } catch (IOException | RuntimeException failure) {
      log.warn("cannot delete {}, will try again", key, failure);
      return false;
    }
  }
}
