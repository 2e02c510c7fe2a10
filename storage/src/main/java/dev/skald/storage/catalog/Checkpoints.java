package dev.skald.storage.catalog;

import dev.skald.storage.object.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the whole state now and then, and deletes what nobody needs any more: all but the last two
 * checkpoints and the edits after the older one. Whatever fails here fails nothing else. Guarded by
 * its owner.
 */
final class Checkpoints {
  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

  /** A checkpoint is due after so many edits, */
  private static final int MOST_EDITS = 48;

  /** or so many bytes of them, if that is more than the last one takes. */
  private static final long LEAST_BYTES = 16 << 10;

  private final ObjectStore store;
  private final CatalogLoader loader;

  /** Numbers of checkpoints whose bytes are known to be good, oldest first. */
  private final Deque<Long> good = new ArrayDeque<>();

  private long edits;
  private long bytes;
  private long lastBytes;

  /**
   * @param known number of the last checkpoint
   * @param edits how many earlier processes have made since
   */
  Checkpoints(ObjectStore store, CatalogLoader loader, OptionalLong known, long edits) {
    this.store = store;
    this.loader = loader;
    known.ifPresent(good::add);
    this.edits = edits;
  }

  /** Notes that an edit was made. */
  void edited(long length) {
    edits++;
    bytes += length;
  }

  /** Asks for a checkpoint whatever the edits weigh. */
  void want() {
    edits = MOST_EDITS;
  }

  boolean due() {
    return edits >= MOST_EDITS || bytes > Math.max(LEAST_BYTES, lastBytes);
  }

  /** Writes a checkpoint; a failure is logged, and the next edit tries again. */
  void write(CatalogState state) {
    try {
      long number = state.number();
      byte[] object = CatalogObject.STATE.wrap(number, StateCodec.encode(state));
      put(CatalogKeys.state(number), object);
      edits = 0;
      bytes = 0;
      lastBytes = object.length;
      if (good.isEmpty() || good.getLast() != number) {
        good.addLast(number);
      }
    } catch (IOException | RuntimeException failure) {
      log.warn("cannot write a checkpoint of the catalog; the edits are there", failure);
      return;
    }
    clean();
  }

  /** An answer may have been lost, so that the object is there: then its bytes are these. */
  private void put(String key, byte[] object) throws IOException {
    try {
      store.putIfAbsent(key, List.of(ByteBuffer.wrap(object)));
    } catch (FileAlreadyExistsException there) {
      if (!Arrays.equals(CatalogObject.STATE.fetch(store, key), object)) {
        throw there;
      }
    }
  }

  private void clean() {
    while (good.size() > 2) {
      good.removeFirst();
    }
    if (good.size() < 2) {
      return;
    }
    long oldest = good.getFirst();
    try {
      CatalogKeys keys = loader.keys();
      for (long state : keys.states().headSet(oldest, false)) {
        store.delete(CatalogKeys.state(state));
      }
      for (long edit : keys.edits().headSet(oldest, true)) {
        store.delete(CatalogKeys.edit(edit));
      }
    } catch (IOException | RuntimeException failure) {
      log.warn("cannot delete old edits of the catalog, will try again", failure);
    }
  }
}
