package dev.skald.storage;

import dev.skald.logql.batch.Batch;
import dev.skald.storage.catalog.HeadId;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * The sealed entries of all tenants: segments in an object store and the catalog that names them.
 * One process at a time holds a directory. Safe for use by any thread.
 */
public final class Storage implements AutoCloseable {

  private Storage() {}

  /**
   * Opens a directory and removes what an unfinished seal has left.
   *
   * @throws IOException if it cannot be read or written, or another process holds it
   */
  public static Storage open(StorageOptions options) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Writes the entries of a head, one segment a tenant and UTC day, and marks the head sealed: all
   * of it or, when this throws, nothing. A head that is sealed already is left as it is.
   *
   * @param byTenant the head's entries with all their columns; may be empty
   */
  public void seal(HeadId head, Map<String, Batch> byTenant) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Returns the least number that no sealed head has ever had in this directory. */
  public long nextHeadNumber() {
    throw new UnsupportedOperationException();
  }

  /**
   * Lets go of sealed heads whose log is deleted, so that the catalog does not grow by them. This
   * process goes on knowing that they are sealed; the next one does not.
   */
  public void forget(Collection<HeadId> heads) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Returns what is stored now. */
  public StorageSnapshot snapshot() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() throws IOException {
    throw new UnsupportedOperationException();
  }
}
