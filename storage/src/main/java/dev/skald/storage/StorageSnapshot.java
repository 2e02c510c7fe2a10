package dev.skald.storage;

import dev.skald.logql.batch.EntrySource;
import dev.skald.storage.catalog.HeadId;

/**
 * One consistent view of what is stored: a head's entries are all in it, and {@link #sealed} says
 * so, or none is. Immutable; safe for use by any thread.
 */
public final class StorageSnapshot {

  StorageSnapshot() {}

  /** Returns whether the entries of a head are in this snapshot. */
  public boolean sealed(HeadId head) {
    throw new UnsupportedOperationException();
  }

  /** Returns the stored entries of a tenant; a tenant that nobody knows has none. */
  public EntrySource entries(String tenant) {
    throw new UnsupportedOperationException();
  }
}
