package dev.skald.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skald.config.IngesterConfig;
import dev.skald.config.Limits;
import dev.skald.config.RetentionLimits;
import dev.skald.config.SealConfig;
import dev.skald.config.WalConfig;
import dev.skald.ingester.HeadEntries;
import dev.skald.ingester.Ingester;
import dev.skald.ingester.SealedHeads;
import dev.skald.logql.Labels;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.Batches;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.StorageSnapshot;
import dev.skald.storage.TestEntry;
import dev.skald.storage.compact.CompactionListener;
import dev.skald.storage.compact.Compactor;
import dev.skald.storage.compact.CompactorOptions;
import dev.skald.storage.compact.MergeBudget;
import dev.skald.storage.compact.MergeStore;
import dev.skald.storage.compact.PlannerOptions;
import dev.skald.storage.compact.Retention;
import dev.skald.storage.compact.RetentionListener;
import dev.skald.storage.compact.RetentionOptions;
import dev.skald.storage.compact.Rewriter;
import dev.skald.storage.compact.SizeLimit;
import dev.skald.storage.compact.WorkingDirectory;
import dev.skald.storage.deletes.DeleteMask;
import dev.skald.storage.deletes.DeleteRequests;
import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.Mishaps;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordWriter;
import dev.skald.storage.wal.WalDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** One process from its start to its stop or its death: storage, log and ingester. */
final class SoakLife {
  private static final long SEAL_BYTES = 3_000;
  private static final Duration MERGE_INTERVAL = Duration.ofSeconds(1);
  private static final Duration GARBAGE_DELAY = Duration.ofMinutes(2);
  private static final Duration RETENTION_INTERVAL = Duration.ofSeconds(1);

  /** So long a delete request waits before it is carried out. */
  static final Duration CANCEL_PERIOD = Duration.ofMinutes(5);

  private final Death death = new Death();
  private final Place place;
  private final WalDirectory directory;
  private final MortalLogs logs;
  private final Storage storage;
  private final Ingester ingester;
  private final DeleteRequests deletes;
  private final Retention retention;

  private SoakLife(WalDirectory directory, ObjectStore objects, Place place)
      throws IOException, InterruptedException {
    this.place = place;
    this.directory = directory;
    this.logs = new MortalLogs(directory, death);
    ObjectStore mortal =
        new FaultyStore(objects)
            .always(call -> death.dead(), Mishaps.before("the process is dead"));
    StorageOptions options = StorageOptions.in(place.data).withCorruption(place.corruption);
    this.storage = Storage.open(options, mortal, new Storage.Writer(logs.id(), place.clock));
    try {
      this.ingester = ingester(place);
      ingester.start();
      this.deletes = new DeleteRequests(storage.catalog());
      this.retention = retention();
    } catch (IOException | RuntimeException failure) {
      storage.close();
      throw failure;
    }
  }

  /**
   * Where and how a process runs.
   *
   * @param flushes whether it seals everything when it stops
   * @param limits how long the lines of each tenant are kept
   * @param corruption hears of what cannot be read any more
   */
  record Place(
      Path data,
      Path wal,
      int shards,
      boolean flushes,
      InstantSource clock,
      Function<String, RetentionLimits> limits,
      CorruptionListener corruption) {}

  /**
   * Starts a process.
   *
   * @throws IOException if the store fails meanwhile; then nothing of it is left
   */
  static SoakLife start(Place place, ObjectStore objects) throws IOException, InterruptedException {
    WalDirectory directory = WalDirectory.open(place.wal);
    try {
      return new SoakLife(directory, objects, place);
    } catch (IOException | RuntimeException failure) {
      directory.close();
      throw failure;
    }
  }

  private Ingester ingester(Place place) throws IOException {
    WalConfig wal =
        new WalConfig(true, place.wal, WalConfig.Sync.BATCH, Duration.ZERO, 0, 0, place.flushes);
    SealConfig seal =
        new SealConfig(
            SEAL_BYTES,
            Duration.ofMinutes(5),
            Duration.ofHours(2),
            Duration.ofMinutes(30),
            Duration.ofSeconds(1));
    return new Ingester(
        new IngesterConfig(place.shards, wal, seal, 0, Duration.ZERO),
        new Ingester.Environment(
            logs,
            SealedHeads.in(storage),
            tenant -> Limits.defaults(),
            place.clock,
            System::nanoTime,
            Thread.ofPlatform().daemon().factory(),
            Runnable::run));
  }

  private Retention retention() throws IOException {
    MergeStore segments = storage.merging(place.clock, tenant -> GARBAGE_DELAY);
    return new Retention(
        storage.catalog(),
        new RetentionOptions(
            true,
            RETENTION_INTERVAL,
            Duration.ofHours(2),
            tenant -> GARBAGE_DELAY,
            CANCEL_PERIOD,
            SizeLimit.NONE),
        new Retention.Environment(
            Runnable::run,
            new Rewriter(
                segments,
                CompactorOptions.DEFAULT,
                WorkingDirectory.open(place.data.resolve("retention")),
                budget()),
            place.limits,
            deletes,
            tenant ->
                Optional.of(ingester.heads(tenant).stream().map(HeadEntries::entries).toList()),
            RetentionListener.NONE,
            place.corruption),
        place.clock.instant());
  }

  private static MergeBudget budget() {
    return new MergeBudget(1, 0, System::nanoTime, nanos -> {});
  }

  Storage storage() {
    return storage;
  }

  Ingester ingester() {
    return ingester;
  }

  DeleteRequests deletes() {
    return deletes;
  }

  /** Removes what has expired and what is to be deleted. */
  void retain(Instant now) {
    retention.tick(now);
  }

  MortalLogs logs() {
    return logs;
  }

  /** Pushes entries of one stream; returns whether they were acknowledged. */
  boolean push(String tenant, List<TestEntry> entries) throws InterruptedException {
    Labels stream = entries.getFirst().labels();
    long hash = Batches.hash(stream);
    PushRecordWriter record = new PushRecordWriter();
    record.begin(tenant);
    record.beginStream(slice(stream.toString().getBytes(UTF_8)), hash);
    for (TestEntry entry : entries) {
      record.entry(entry.time(), slice(HexFormat.of().parseHex(entry.lineHex())));
      entry
          .metadata()
          .forEach((name, value) -> record.metadata(slice(bytes(name)), slice(bytes(value))));
    }
    PushRecord finished = record.finish();
    try {
      var result = ingester.push(ingester.shard(hash), finished).get();
      if (!result.accepted()) {
        throw new AssertionError("the ingester did not want " + result);
      }
      return true;
    } catch (ExecutionException refused) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Slice slice(byte[] bytes) {
    Slice slice = new Slice();
    slice.set(bytes, 0, bytes.length);
    return slice;
  }

  /** Seals what it can; returns whether that was all. */
  boolean flush() throws InterruptedException {
    try {
      ingester.flush();
      return true;
    } catch (IOException failed) {
      return false;
    }
  }

  /** Looks for merges twice, as the first look only notes when the next one is due. */
  void merge(Instant now) throws IOException {
    try (Compactor compactor = compactor()) {
      compactor.tick(now);
      compactor.tick(now.plus(MERGE_INTERVAL));
    }
  }

  private Compactor compactor() throws IOException {
    return new Compactor(
        storage.merging(place.clock, tenant -> GARBAGE_DELAY),
        new CompactorOptions(PlannerOptions.DEFAULT.withLeastInputs(4), MERGE_INTERVAL, 1, 1, 1),
        new Compactor.Environment(
            Runnable::run,
            WorkingDirectory.open(place.data.resolve("compactor")),
            budget(),
            tenant -> retention.filter(tenant, place.clock.instant()),
            CompactionListener.NONE,
            place.corruption));
  }

  /**
   * Returns what a query sees: heads, and segments without the heads that are sealed, and nothing
   * that is to be deleted.
   */
  List<TestEntry> visible(String tenant) {
    List<HeadEntries> heads = ingester.heads(tenant);
    StorageSnapshot stored = storage.snapshot();
    List<TestEntry> entries = new ArrayList<>(seen(stored, tenant));
    DeleteMask deleted = stored.deleted(tenant);
    for (HeadEntries head : heads) {
      if (!stored.sealed(head.head())) {
        entries.addAll(Batches.read(deleted.over(head.entries()).select(Batches.EVERYTHING)));
      }
    }
    return entries;
  }

  /** Returns what a query sees of a snapshot. */
  static List<TestEntry> seen(StorageSnapshot snapshot, String tenant) {
    EntrySource stored = snapshot.entries(tenant);
    return Batches.read(snapshot.deleted(tenant).over(stored).select(Batches.EVERYTHING));
  }

  /** Returns what is in a snapshot, hidden or not. */
  static List<TestEntry> stored(StorageSnapshot snapshot, String tenant) {
    return Batches.read(snapshot.entries(tenant).select(Batches.EVERYTHING));
  }

  /** Ends the process at once. */
  void kill() {
    death.die();
    stop();
  }

  /** Ends the process in order; what cannot be sealed is in the log. */
  void stop() {
    try {
      try (directory;
          storage) {
        ingester.close();
      }
    } catch (IOException unsealed) {
      // Its log is still there.
    }
  }
}
