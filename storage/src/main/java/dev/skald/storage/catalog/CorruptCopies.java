package dev.skald.storage.catalog;

import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is bad for whoever wants to look at it: the object itself is deleted one day, when a
 * checkpoint has made its number old.
 */
final class CorruptCopies {
  private static final Logger log = LoggerFactory.getLogger(CorruptCopies.class);
  private static final String SUFFIX = ".corrupt";

  /** What is longer is not of ours. */
  private static final long MOST_BYTES = 64 << 20;

  private final ObjectStore store;

  CorruptCopies(ObjectStore store) {
    this.store = store;
  }

  /** Copies objects of the catalog; a failure is logged. */
  void keep(List<String> keys) {
    for (String key : keys) {
      try {
        int size = (int) Math.min(MOST_BYTES, store.size(key));
        store.putIfAbsent(key + SUFFIX, List.of(ByteBuffer.wrap(store.get(key, 0, size))));
        log.warn("the damaged {} is kept as {}{}", key, key, SUFFIX);
      } catch (FileAlreadyExistsException kept) {
        // An earlier start has done so.
      } catch (IOException failure) {
        log.warn("cannot keep a copy of the damaged {}", key, failure);
      }
    }
  }
}
