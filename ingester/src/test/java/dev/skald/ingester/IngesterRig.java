package dev.skald.ingester;

import dev.skald.config.IngestLimits;
import dev.skald.config.IngesterConfig;
import dev.skald.config.Limits;
import dev.skald.config.PatternConfig;
import dev.skald.config.QueryLimits;
import dev.skald.config.SealConfig;
import dev.skald.config.WalConfig;
import dev.skald.ingester.Entries.Entry;
import dev.skald.storage.wal.WalDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** An ingester with everything around it, to be started, killed and started again. */
final class IngesterRig implements AutoCloseable {
  final Path directory;
  final FakeStorage storage;
  final FaultyLogs logs;
  final Faults faults = new Faults();
  final List<Ingester> killed = new ArrayList<>();
  volatile Instant now = Instant.ofEpochSecond(1_000_000);
  volatile IngestLimits limits = IngestLimits.defaults();
  PatternConfig patterns = PatternConfig.defaults();
  int shards = 2;
  long sealBytes = 1 << 20;
  Duration sealAfter = Duration.ofMinutes(5);
  IngesterListener listener = IngesterListener.NONE;

  /** How much later it is than the machine's clock that never jumps says. */
  volatile long nanosAhead;

  long memoryLimit;

  /** How long pushes wait for seals before they are refused. */
  Duration sealWait = Duration.ofMillis(100);

  long replayCeiling;
  boolean flushOnShutdown;
  volatile Executor executor = Runnable::run;
  final List<Thread> threads = new CopyOnWriteArrayList<>();
  Ingester ingester;

  IngesterRig(Path directory) {
    this.directory = directory;
    this.storage = new FakeStorage(faults);
    try {
      this.logs = new FaultyLogs(WalDirectory.open(directory), faults);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  IngesterRig start() throws IOException, InterruptedException {
    WalConfig wal =
        new WalConfig(
            true,
            directory,
            WalConfig.Sync.BATCH,
            Duration.ZERO,
            replayCeiling,
            0.9,
            flushOnShutdown);
    SealConfig seal =
        new SealConfig(
            sealBytes,
            sealAfter,
            Duration.ofHours(2),
            Duration.ofMinutes(30),
            Duration.ofSeconds(1));
    ingester =
        new Ingester(
            new IngesterConfig(shards, wal, seal, memoryLimit, Duration.ZERO),
            new Ingester.Environment(
                logs,
                storage,
                tenant -> new Limits(limits, QueryLimits.defaults()),
                () -> now,
                () -> System.nanoTime() + nanosAhead,
                this::thread,
                task -> executor.execute(task),
                listener),
            patterns,
            sealWait);
    ingester.start();
    return this;
  }

  private Thread thread(Runnable task) {
    Thread thread = Thread.ofPlatform().daemon().unstarted(task);
    threads.add(thread);
    return thread;
  }

  /** Leaves the ingester to itself, as a crash leaves its files, and starts another. */
  void crashAndStart() throws IOException, InterruptedException {
    killed.add(ingester);
    start();
  }

  CompletableFuture<PushResult> push(String tenant, Entry... entries) {
    long hash = Entries.hash(entries[0].stream());
    return ingester.push(ingester.shard(hash), Entries.record(tenant, entries));
  }

  PushResult mustPush(String tenant, Entry... entries)
      throws InterruptedException, ExecutionException {
    return push(tenant, entries).get();
  }

  /** Returns what a query would see: heads first, then storage without the heads it has sealed. */
  List<Entry> visible(String tenant) {
    List<HeadEntries> heads = ingester.heads(tenant);
    FakeStorage.Snapshot stored = storage.snapshot(tenant);
    List<Entry> entries = new ArrayList<>(stored.entries());
    for (HeadEntries head : heads) {
      if (!stored.sealed().contains(head.head())) {
        entries.addAll(Entries.all(head.entries()));
      }
    }
    return entries;
  }

  @Override
  public void close() throws IOException {
    for (Ingester old : killed) {
      abandon(old);
    }
    abandon(ingester);
  }

  /** What could not be sealed is the test's affair. */
  private static void abandon(Ingester ingester) {
    try {
      ingester.close();
    } catch (IOException unsealed) {
      // Its log is still there.
    }
  }
}
