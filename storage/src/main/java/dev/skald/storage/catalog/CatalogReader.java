package dev.skald.storage.catalog;

import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.object.ObjectStore;
import java.io.IOException;

/** The catalog of a store that another process writes. Safe for use by any thread. */
public final class CatalogReader {
  /** After so many refreshes without a new edit it is asked whether edits were missed. */
  private static final int LIST_EVERY = 8;

  private final CatalogLoader loader;
  private CatalogState state;
  private int empty;
  private volatile CatalogSnapshot snapshot;

  private CatalogReader(CatalogLoader loader) throws IOException {
    this.loader = loader;
    this.state = loader.load().state();
    this.snapshot = state.snapshot();
  }

  /**
   * Reads the catalog of a store; one that has none yet is empty.
   *
   * @param corruption hears of what is bad; it is left out
   */
  public static CatalogReader open(ObjectStore store, CorruptionListener corruption)
      throws IOException {
    return new CatalogReader(new CatalogLoader(store, corruption));
  }

  /** Returns the catalog as it was at the last {@link #refresh}. */
  public CatalogSnapshot snapshot() {
    return snapshot;
  }

  /** Reads what the writer has changed since. */
  public synchronized void refresh() throws IOException {
    if (loader.follow(state) > 0) {
      empty = 0;
    } else if (++empty % LIST_EVERY == 0 && loader.keys().greatest() > state.number()) {
      state = loader.load().state();
    }
    snapshot = state.snapshot();
  }
}
