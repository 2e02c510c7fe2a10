package dev.skald.ingester;

import dev.skald.config.IngesterConfig;
import dev.skald.config.Overrides;
import dev.skald.config.PatternConfig;
import dev.skald.ingester.pattern.Patterns;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.WalStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Takes pushed records, makes them durable in the write-ahead log, keeps them readable in heads,
 * and hands full heads to storage. Safe for use by any thread.
 *
 * <p>A reader of everything takes {@link #heads} first, then a storage snapshot, and leaves out the
 * heads that the snapshot calls sealed: so it sees every entry once.
 */
public final class Ingester implements RecentHeads, AutoCloseable {

  /**
   * What the ingester works with.
   *
   * @param logs where the log lies; {@link dev.skald.storage.wal.NoWal} if there is none
   * @param storage where heads are sealed
   * @param nanoTime a clock such as {@link System#nanoTime}
   * @param threads makes the thread of each shard
   * @param sealing runs seals, which take a while; runs on after {@link Ingester#close}
   * @param listener hears what comes into memory and leaves it
   */
  public record Environment(
      WalStore logs,
      SealedHeads storage,
      Overrides overrides,
      InstantSource clock,
      LongSupplier nanoTime,
      ThreadFactory threads,
      Executor sealing,
      IngesterListener listener) {

    /** Nobody hears. */
    public Environment(
        WalStore logs,
        SealedHeads storage,
        Overrides overrides,
        InstantSource clock,
        LongSupplier nanoTime,
        ThreadFactory threads,
        Executor sealing) {
      this(logs, storage, overrides, clock, nanoTime, threads, sealing, IngesterListener.NONE);
    }
  }

  /** How long pushes wait for a head to be sealed before they are refused. */
  private static final Duration SEAL_WAIT = Duration.ofSeconds(10);

  private final IngesterConfig config;
  private final Environment environment;
  private final Patterns patterns;
  private final RecordFeed feed = new RecordFeed();
  private final Ring ring;
  private final IngesterCounters counters = new IngesterCounters();
  private final ActiveStreams activeStreams;
  private final HeadList replayed = new HeadList();
  private final MemoryPlan memory;
  private final WalDisk disk;
  private final Sealer sealer;
  private final Heads heads;
  private final List<Shard> shards = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private volatile boolean ready;
  private volatile boolean closed;
  private volatile boolean replaying;
  private volatile LongSupplier replayTime = () -> 0;

  /**
   * Makes an ingester that takes nothing before {@link #start}.
   *
   * @throws IOException if the log cannot be listed
   */
  public Ingester(IngesterConfig config, Environment environment) throws IOException {
    this(config, environment, PatternConfig.defaults());
  }

  /**
   * @param patterns whether and how templates of lines are mined
   */
  public Ingester(IngesterConfig config, Environment environment, PatternConfig patterns)
      throws IOException {
    this(config, environment, patterns, SEAL_WAIT);
  }

  /**
   * @param sealWait how long pushes wait for a head to be sealed before they are refused
   */
  Ingester(
      IngesterConfig config, Environment environment, PatternConfig patterns, Duration sealWait)
      throws IOException {
    this.config = config;
    this.patterns = new Patterns(patterns, config.shards());
    this.environment = environment;
    this.activeStreams = new ActiveStreams(environment.listener);
    this.disk = new WalDisk(environment.logs, config.wal().diskFullThreshold());
    this.ring = new Ring(config.shards());
    this.memory = MemoryPlan.of(config, Runtime.getRuntime().maxMemory());
    this.sealer =
        new Sealer(
            environment,
            counters,
            new Budget(memory.heads(), sealWait.toMillis()),
            new Budget(2L * config.shards() + 1, sealWait.toMillis()));
    long number = Math.max(environment.logs.nextNumber(), environment.storage.nextHeadNumber());
    this.heads =
        new Heads(
            environment.logs,
            sealer,
            config.seal(),
            new AtomicLong(number),
            new ActiveHeads(config.shards()),
            shard -> shards.get(shard).submit(ShardTask.Seal.of(SealReason.MEMORY)));
    for (int i = 0; i < config.shards(); i++) {
      shards.add(newShard(i));
    }
  }

  private Shard newShard(int shard) {
    PatternFeed mined =
        patterns.enabled() ? new PatternFeed(patterns.shard(shard), environment.overrides) : null;
    Duration window = config.seal().maxChunkAge().dividedBy(2);
    return new Shard(
        heads,
        config.wal(),
        environment,
        new Shard.Own(
            shard,
            memory.queuePerShard(),
            new Admission(environment.overrides, window.toNanos()),
            new LiveStreams(activeStreams, memory.rememberedRowsPerShard()),
            mined),
        new Shard.Shared(counters, feed));
  }

  /**
   * Replays the log of the last run and then takes pushes; returns when {@link #ready}. While heads
   * cannot be sealed it waits for a {@link #tick} to try again.
   */
  public void start() throws IOException, InterruptedException {
    long begun = environment.nanoTime.getAsLong();
    List<LiveStreams> streams = shards.stream().map(Shard::streams).toList();
    FileReplay.Target target =
        new FileReplay.Target(
            heads,
            environment.clock,
            counters,
            streams,
            replayed,
            memory.replay(),
            environment.threads);
    replayTime = () -> environment.nanoTime.getAsLong() - begun;
    replaying = true;
    try {
      new Replayer(target, environment.storage).replay(memory.replayWorkers());
    } finally {
      long taken = replayTime.getAsLong();
      replayTime = () -> taken;
      replaying = false;
    }
    for (Shard shard : shards) {
      Thread thread = environment.threads.newThread(shard);
      threads.add(thread);
      thread.start();
    }
    ready = true;
  }

  /** Returns how many shards there are; a record goes to one of them. */
  public int shards() {
    return ring.shards();
  }

  /** Returns the shard, from 0, that takes the entries of a stream. */
  public int shard(long streamHash) {
    return ring.shard(streamHash);
  }

  /**
   * Stores a record whose streams all belong to a shard.
   *
   * @return completes when the sync policy of the log holds; fails with {@link
   *     WriteUnavailableException} if nothing was stored and the client should try again, with
   *     {@link IllegalArgumentException} if the record is longer than {@link PushRecord#MAX_BYTES}
   */
  public CompletableFuture<PushResult> push(int shard, PushRecord record) {
    CompletableFuture<PushResult> future = new CompletableFuture<>();
    if (!ready || closed) {
      String state = closed ? "Ingester is shutting down" : "Ingester is replaying its log";
      future.completeExceptionally(new WriteUnavailableException(state));
    } else if (disk.isFull()) {
      counters.walWriteFailures.increment();
      future.completeExceptionally(new WriteUnavailableException(disk.text()));
    } else if (environment.storage.refusal().isPresent()) {
      future.completeExceptionally(
          new WriteUnavailableException(environment.storage.refusal().get()));
    } else {
      shards.get(shard).submit(new ShardTask.Push(record, future));
    }
    return future;
  }

  @Override
  public List<HeadEntries> heads(String tenant) {
    List<HeadEntries> entries = new ArrayList<>();
    addHeads(replayed, tenant, entries);
    for (Shard shard : shards) {
      addHeads(shard.readable(), tenant, entries);
    }
    return entries;
  }

  /** Returns the templates of what came lately. */
  public Patterns patterns() {
    return patterns;
  }

  /** Returns the feed of what is stored from now on. */
  public RecordFeed feed() {
    return feed;
  }

  private static void addHeads(HeadList list, String tenant, List<HeadEntries> entries) {
    for (Head head : list.all()) {
      HeadTenant own = head.tenant(tenant);
      if (own != null) {
        entries.add(new HeadEntries(head.id(), own, own::extent));
      }
    }
  }

  @Override
  public boolean replayed() {
    return ready;
  }

  /** Returns whether the log of the last run has been replayed and pushes are taken. */
  public boolean ready() {
    return ready && !closed;
  }

  /** Does what is due: seals heads that are old, tries failed seals again, forgets idle streams. */
  public void tick(Instant now) {
    disk.look();
    sealer.retry();
    if (ready()) {
      shards.forEach(shard -> shard.submit(new ShardTask.Tick(now)));
    }
  }

  /**
   * Seals everything that was accepted before the call.
   *
   * @throws IOException if a head could not be sealed; it stays readable and logged, and is tried
   *     again at the next {@link #tick} or flush
   */
  public void flush() throws IOException, InterruptedException {
    sealer.retryAll();
    List<CompletableFuture<Void>> handedOver = new ArrayList<>();
    if (ready) {
      for (Shard shard : shards) {
        ShardTask.Seal seal = ShardTask.Seal.of(SealReason.FORCED);
        handedOver.add(seal.future());
        shard.submit(seal);
      }
    }
    handedOver.forEach(CompletableFuture::join);
    sealer.await();
  }

  /** Returns the numbers of now. */
  public IngesterStats stats() {
    long chunks = 0;
    long bytes = 0;
    List<Head> all = new ArrayList<>(replayed.all());
    shards.forEach(shard -> all.addAll(shard.readable().all()));
    for (Head head : all) {
      bytes += head.bytes();
      for (HeadTenant tenant : head.tenants()) {
        chunks += tenant.size();
      }
    }
    return new IngesterStats(
        activeStreams.byTenant(),
        chunks,
        bytes,
        sealer.memory().used(),
        sealer.memory().limit(),
        sealer.waiting(),
        sealer.failing(),
        disk.logBytes(),
        counters.walRecords.sum(),
        counters.walBytes.sum(),
        counters.walWriteFailures.sum(),
        counters.walCorruptions.sum(),
        counters.duplicates.sum(),
        counters.headsSealed.sum(),
        counters.sealFailures.sum(),
        replaying,
        replayTime.getAsLong() / 1e9);
  }

  /**
   * Takes no more pushes and ends the shards; every accepted entry is in the log by then. Seals
   * what is in memory if the configuration says so, or else leaves it to the next start. Seals that
   * run are waited for.
   *
   * @throws IOException if a head could not be sealed; its log is there for the next start
   */
  @Override
  public void close() throws IOException {
    closed = true;
    try {
      try {
        if (config.wal().flushOnShutdown() || !config.wal().enabled()) {
          flush();
        }
      } finally {
        endShards();
      }
      sealer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endShards() throws InterruptedException {
    shards.forEach(shard -> shard.submit(new ShardTask.Stop()));
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
