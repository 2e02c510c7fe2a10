package dev.skald.storage;

import dev.skald.storage.catalog.Catalog;
import dev.skald.storage.catalog.CatalogSnapshot;
import dev.skald.storage.catalog.SegmentKeys;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what unfinished work of earlier writers has left. */
final class Leftovers {
  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);

  private final ObjectStore store;
  private final Catalog catalog;

  Leftovers(ObjectStore store, Catalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  /**
   * Removes segments that the catalog does not name and that this process has not made, unless bad
   * bytes may have cost us their edit. Earlier writers make no more edits; a later one uses greater
   * numbers. A failure is logged: the next start tries again.
   */
  void remove() {
    try {
      removeAll();
    } catch (IOException failure) {
      log.warn("cannot remove what unfinished work has left, the next start will", failure);
    }
  }

  private void removeAll() throws IOException {
    long end = catalog.firstSegmentNumber();
    if (end < 0) {
      return;
    }
    Set<String> known = new HashSet<>();
    CatalogSnapshot snapshot = catalog.snapshot();
    snapshot.segments().forEach(entry -> known.add(entry.key()));
    snapshot.garbage().forEach(garbage -> known.add(garbage.key()));
    List<String> orphans =
        store.list(SegmentKeys.PREFIX).stream()
            .filter(key -> isEarlier(key, end) && !known.contains(key))
            .toList();
    if (orphans.isEmpty()) {
      return;
    }
    if (catalog.damaged()) {
      log.warn(
          "{} segments are in no catalog, the first is {}; they are kept, as the catalog was"
              + " damaged",
          orphans.size(),
          orphans.getFirst());
      return;
    }
    for (String key : orphans) {
      store.delete(key);
    }
    log.info("removed {} segments of unfinished work", orphans.size());
  }

  private static boolean isEarlier(String key, long end) {
    long number = SegmentKeys.number(key);
    return number >= 0 && number < end;
  }
}
