package dev.skald.storage;

import dev.skald.logql.batch.Batch;
import dev.skald.storage.catalog.Catalog;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.CatalogReader;
import dev.skald.storage.catalog.CatalogSnapshot;
import dev.skald.storage.catalog.FencedException;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.compact.MergeStore;
import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.ReadPath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/**
 * The sealed entries of all tenants: segments in an object store and the catalog that names them.
 * One process at a time writes a store, any number may read it. Safe for use by any thread.
 */
public final class Storage implements AutoCloseable {
  /** What a process that writes has beside the store. */
  public record Writer(LogId log, InstantSource clock) {}

  private final ObjectStore store;

  /** Exactly one of the two is there. */
  private final StorageWriter writer;

  private final CatalogReader reader;
  private final LogId log;
  private final SegmentCache cache;
  private final CorruptionListener corruption;

  private Storage(
      StorageWriter writer, CatalogReader reader, StorageOptions options, ObjectStore store) {
    this.store = store;
    this.writer = writer;
    this.reader = reader;
    this.log = writer == null ? LogId.random() : writer.catalog().log();
    this.corruption = new MissingSegments(this::names, options.corruption());
    ReadPath path = options.remote().map(remote -> remote.of(store)).orElse(ReadPath.local(store));
    this.cache = new SegmentCache(path, options.readerCacheBytes(), corruption);
  }

  /**
   * Opens a store for writing, takes over from the writer before, and removes what unfinished work
   * has left.
   *
   * @param options its directory is held for this process
   * @throws IOException if the store cannot be read, or another process holds the directory
   */
  public static Storage open(StorageOptions options, ObjectStore store, Writer writer)
      throws IOException {
    StorageOptions reporting = reporting(options);
    StorageWriter parts = StorageWriter.open(reporting, store, writer.log, writer.clock);
    return new Storage(parts, null, reporting, store);
  }

  /**
   * Opens a store that another process writes, and never changes it.
   *
   * @throws IOException if the store cannot be read
   */
  public static Storage openReader(StorageOptions options, ObjectStore store) throws IOException {
    StorageOptions reporting = reporting(options);
    CatalogReader catalog = CatalogReader.open(store, reporting.corruption());
    return new Storage(null, catalog, reporting, store);
  }

  private static StorageOptions reporting(StorageOptions options) {
    return options.withCorruption(new CorruptionReporter(options.corruption()));
  }

  /**
   * Writes the entries of a head, one segment a tenant and UTC day, and marks the head sealed: all
   * of it or, when this throws, nothing that a reader sees; try again then. A head that is sealed
   * already is left as it is.
   *
   * @param byTenant the head's entries with all their columns; may be empty
   * @throws FencedException if another writer has taken over
   */
  public void seal(HeadId head, Map<String, Batch> byTenant, SealEffort effort) throws IOException {
    writer().sealing().seal(head, byTenant, effort);
  }

  /** Seals a head with the usual effort. */
  public void seal(HeadId head, Map<String, Batch> byTenant) throws IOException {
    seal(head, byTenant, SealEffort.USUAL);
  }

  /** Returns the least number that no sealed head of the writer's log has ever had. */
  public long nextHeadNumber() {
    return writer().catalog().nextHeadNumber();
  }

  /**
   * Lets go of sealed heads whose log is deleted, so that the catalog does not grow by them. This
   * process goes on knowing that they are sealed; the next one does not.
   */
  public void forget(Collection<HeadId> heads) throws IOException {
    CatalogEdit.Builder edit = CatalogEdit.builder();
    heads.forEach(head -> edit.forget(log, head));
    writer().catalog().commit(edit.build());
  }

  /**
   * Returns what merges of segments need.
   *
   * @param garbageDelay how long a tenant's segments that were replaced may still be read
   */
  public MergeStore merging(InstantSource clock, Function<String, Duration> garbageDelay) {
    return new Merging(store, writer(), clock, garbageDelay);
  }

  /**
   * Deletes the objects of removed segments whose delay is over.
   *
   * @return how many were deleted
   */
  public int sweep(Instant now) throws IOException {
    return writer().garbage().sweep(now);
  }

  /** Returns why this process writes no more, or null while it does. */
  public FencedException fenced() {
    return writer == null ? null : writer.catalog().fenced();
  }

  /** The catalog, for those who change it. */
  public Catalog catalog() {
    return writer().catalog();
  }

  /** Reads what another process has changed; where this one writes there is nothing to read. */
  public void refresh() throws IOException {
    if (reader != null) {
      reader.refresh();
    }
  }

  /** Returns what is stored now; for a reader, what was at the last {@link #refresh}. */
  public StorageSnapshot snapshot() {
    return new StorageSnapshot(catalogNow(), log, cache, corruption);
  }

  /** Looks at the newest catalog, as this process may have missed what another has changed. */
  private boolean names(String key) throws IOException {
    refresh();
    FencedException fenced = fenced();
    if (fenced != null) {
      throw fenced;
    }
    return catalogNow().names(key);
  }

  private CatalogSnapshot catalogNow() {
    return writer == null ? reader.snapshot() : writer.catalog().snapshot();
  }

  private StorageWriter writer() {
    if (writer == null) {
      throw new IllegalStateException("the store was opened for reading only");
    }
    return writer;
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
