package dev.skald.storage;

import dev.skald.logql.batch.Batch;
import dev.skald.storage.catalog.Catalog;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.DirectoryLock;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.Directories;
import dev.skald.storage.object.FilesystemStore;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.SegmentOptions;
import dev.skald.storage.segment.SegmentWriter;
import dev.skald.storage.segment.WrittenSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sealed entries of all tenants: segments in an object store and the catalog that names them.
 * One process at a time holds a directory. Safe for use by any thread.
 */
public final class Storage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Storage.class);

  private final DirectoryLock lock;
  private final Catalog catalog;
  private final ObjectStore store;
  private final SegmentCache cache;
  private final CorruptionReporter corruption;
  private final SegmentOptions segmentOptions;
  private final ReentrantLock sealing = new ReentrantLock();

  /**
   * Segments of heads whose edit has failed, for the next attempt: the edit may be on disk, so that
   * they must stay. Guarded by {@link #sealing}.
   */
  private final Map<HeadId, List<SegmentEntry>> written = new HashMap<>();

  /** Guarded by {@link #sealing}. A number is not used again even if its seal has failed. */
  private long nextSegment;

  private Storage(
      DirectoryLock lock,
      Catalog catalog,
      ObjectStore store,
      StorageOptions options,
      CorruptionReporter corruption) {
    this.lock = lock;
    this.catalog = catalog;
    this.store = store;
    this.corruption = corruption;
    this.cache = new SegmentCache(store, options.readerCacheBytes(), corruption);
    this.segmentOptions = SegmentOptions.SEAL.withLevel(options.zstdLevel());
    this.nextSegment = catalog.nextSegmentNumber();
  }

  /**
   * Opens a directory and removes what an unfinished seal has left.
   *
   * @throws IOException if it cannot be read or written, or another process holds it
   */
  public static Storage open(StorageOptions options) throws IOException {
    return open(options, () -> new FilesystemStore(options.directory().resolve("objects")));
  }

  /** Opens a directory whose objects lie in a store that nobody else writes. */
  static Storage open(StorageOptions options, ObjectStore store) throws IOException {
    return open(options, () -> store);
  }

  /** Opens an object store once nobody else may write there. */
  private interface Objects {
    ObjectStore open() throws IOException;
  }

  private static Storage open(StorageOptions options, Objects objects) throws IOException {
    Path directory = options.directory();
    Directories.createDurably(directory);
    DirectoryLock lock = DirectoryLock.take(directory);
    Catalog catalog = null;
    try {
      ObjectStore store = objects.open();
      CorruptionReporter corruption = new CorruptionReporter(options.corruption());
      catalog = Catalog.open(directory.resolve("catalog"), corruption);
      Storage storage = new Storage(lock, catalog, store, options, corruption);
      storage.removeOrphans();
      return storage;
    } catch (IOException | RuntimeException failure) {
      if (catalog != null) {
        catalog.close();
      }
      lock.close();
      throw failure;
    }
  }

  /** Removes segments that are in no catalog, unless bad bytes may have cost us their edit. */
  private void removeOrphans() throws IOException {
    Set<String> known = new HashSet<>();
    catalog.snapshot().segments().forEach(entry -> known.add(entry.key()));
    List<String> orphans = new ArrayList<>(store.list(SegmentKeys.PREFIX));
    orphans.removeIf(known::contains);
    if (orphans.isEmpty()) {
      return;
    }
    if (catalog.isNew()) {
      corruption.corrupt(
          new CorruptDataException(
              SegmentKeys.PREFIX, 0, orphans.size() + " segments are there, but no catalog"));
      catalog.damage();
    }
    if (catalog.damaged()) {
      log.warn(
          "{} segments are in no catalog, the first is {}; they are kept, as the catalog was"
              + " damaged",
          orphans.size(),
          orphans.getFirst());
      orphans.forEach(key -> nextSegment = Math.max(nextSegment, SegmentKeys.number(key) + 1));
      return;
    }
    for (String key : orphans) {
      store.delete(key);
    }
    log.info("removed {} segments of unfinished work", orphans.size());
  }

  /**
   * Writes the entries of a head, one segment a tenant and UTC day, and marks the head sealed: all
   * of it or, when this throws, nothing. A head that is sealed already is left as it is.
   *
   * @param byTenant the head's entries with all their columns; may be empty
   */
  public void seal(HeadId head, Map<String, Batch> byTenant) throws IOException {
    sealing.lock();
    try {
      if (!catalog.snapshot().sealed(head)) {
        List<SegmentEntry> added = written.get(head);
        if (added == null) {
          added = writeSegments(head, byTenant);
          written.put(head, added);
        }
        catalog.commit(new CatalogEdit(added, List.of(), List.of(head)));
      }
      written.remove(head);
    } finally {
      sealing.unlock();
    }
  }

  private List<SegmentEntry> writeSegments(HeadId head, Map<String, Batch> byTenant)
      throws IOException {
    List<SegmentEntry> added = new ArrayList<>();
    try (SegmentWriter writer = new SegmentWriter(segmentOptions)) {
      for (var tenant : new TreeMap<>(byTenant).entrySet()) {
        for (WrittenSegment segment : writer.write(tenant.getKey(), List.of(tenant.getValue()))) {
          added.add(put(head, tenant.getKey(), segment));
        }
      }
      return added;
    } catch (IOException | RuntimeException failure) {
      added.forEach(entry -> removeQuietly(entry.key()));
      throw failure;
    }
  }

  private SegmentEntry put(HeadId head, String tenant, WrittenSegment segment) throws IOException {
    long number = nextSegment++;
    String key = SegmentKeys.of(tenant, segment.day(), number);
    putWhole(key, segment.content());
    return new SegmentEntry(
        number,
        tenant,
        segment.day(),
        key,
        segment.bytes(),
        segment.tailLength(),
        segment.streams(),
        segment.entries(),
        segment.minTime(),
        segment.maxTime(),
        OptionalLong.of(head.number()));
  }

  /** A put that fails may have left the object there, where each attempt would add another. */
  private void putWhole(String key, List<ByteBuffer> content) throws IOException {
    try {
      store.put(key, content);
    } catch (IOException | RuntimeException failure) {
      removeQuietly(key);
      throw failure;
    }
  }

  private void removeQuietly(String key) {
    try {
      store.delete(key);
    } catch (IOException failure) {
      log.warn("cannot remove the unfinished {}; the next start will", key, failure);
    }
  }

  /** Returns the least number that no sealed head has ever had in this directory. */
  public long nextHeadNumber() {
    return catalog.nextHeadNumber();
  }

  /**
   * Lets go of sealed heads whose log is deleted, so that the catalog does not grow by them. This
   * process goes on knowing that they are sealed; the next one does not.
   */
  public void forget(Collection<HeadId> heads) throws IOException {
    if (!heads.isEmpty()) {
      catalog.forget(heads);
    }
  }

  /** Returns what is stored now. */
  public StorageSnapshot snapshot() {
    return new StorageSnapshot(catalog.snapshot(), cache, corruption);
  }

  @Override
  public void close() throws IOException {
    try {
      catalog.close();
    } finally {
      lock.close();
    }
  }
}
