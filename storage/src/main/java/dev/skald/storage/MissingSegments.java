package dev.skald.storage;

import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells a segment that is lost from one that was replaced and deleted while this process did not
 * hear of it. What is lost is left out like what is corrupt, and reported once; without what was
 * replaced an answer would be wrong, and the next one is right. Safe for use by any thread.
 */
final class MissingSegments implements CorruptionListener {

  /** Says what the catalog names now. */
  @FunctionalInterface
  interface Current {
    /**
     * Returns whether an object belongs to a segment that is not replaced.
     *
     * @throws IOException if that is unknown
     */
    boolean names(String key) throws IOException;
  }

  private final Current current;
  private final CorruptionListener corruption;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  MissingSegments(Current current, CorruptionListener corruption) {
    this.current = current;
    this.corruption = corruption;
  }

  static boolean isMissing(CorruptDataException what) {
    return what.getCause() instanceof NoSuchFileException;
  }

  /**
   * Reports what is bad.
   *
   * @throws UncheckedIOException if it is no longer to be read
   */
  @Override
  public void corrupt(CorruptDataException what) {
    if (isMissing(what)) {
      missing(what);
    } else {
      corruption.corrupt(what);
    }
  }

  private void missing(CorruptDataException what) {
    if (!isNamed(what.path())) {
      throw new UncheckedIOException(
          new IOException(what.path() + " was replaced while it was to be read; ask again", what));
    }
    if (reported.add(what.path())) {
      corruption.corrupt(what);
    }
  }

  private boolean isNamed(String key) {
    try {
      return current.names(key);
    } catch (IOException failure) {
      throw new UncheckedIOException(
          key + " is missing, and the catalog cannot be read to find out why", failure);
    }
  }
}
