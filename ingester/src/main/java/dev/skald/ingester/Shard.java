package dev.skald.ingester;

import dev.skald.config.WalConfig;
import dev.skald.ingester.Heads.Active;
import dev.skald.storage.wal.PushRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the records of its streams: one thread, one head at a time, one log file a head.
 *
 * <p>Group commit: the thread takes what is waiting, appends it all to the log and to the head,
 * waits for the disk once, and then lets readers and pushers know. If the log fails, nothing of the
 * group has happened.
 */
final class Shard implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
  private static final long MOST_GROUP_BYTES = 8L << 20;

  /** A record takes about so many times its bytes once it is in a head. */
  private static final int GROWTH = 2;

  /** For how long after a seal entries that are sent again are known. */
  private static final long REMEMBER_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Heads heads;
  private final WalConfig config;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final IngesterCounters counters;
  private final RecordFeed feed;
  private final Admission admission;
  private final RecordFilter filter = new RecordFilter();
  private final LiveStreams streams;
  private final PatternFeed patterns;
  private final HeadList readable = new HeadList();

  private final Own own;
  private final LinkedBlockingQueue<ShardTask> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queuedBytes = new AtomicLong();
  private volatile boolean stopped;

  private Active active;
  private ShardTask carried;
  private long groupBytes;

  /** What the group has taken of the memory before it is known how much it needs. */
  private long reserved;

  /** What the active head has taken of the memory. */
  private long accounted;

  private final List<Stored> group = new ArrayList<>();

  /** What of the group was not stored before. */
  private final List<PushRecord> fresh = new ArrayList<>();

  /**
   * A push of the group that has no answer yet.
   *
   * @param record what is stored of it, null if nothing
   */
  private record Stored(
      CompletableFuture<PushResult> future, PushResult result, PushRecord record) {}

  /**
   * What the shard shares with nobody.
   *
   * @param number of the shard, from 0
   * @param mostQueued bytes of records that may wait for the thread
   * @param patterns null where no templates of lines are mined
   */
  record Own(
      int number,
      long mostQueued,
      Admission admission,
      LiveStreams streams,
      PatternFeed patterns) {}

  /** What all shards count and whom they tell. */
  record Shared(IngesterCounters counters, RecordFeed feed) {}

  Shard(Heads heads, WalConfig config, Ingester.Environment environment, Own own, Shared shared) {
    this.heads = heads;
    this.config = config;
    this.clock = environment.clock();
    this.nanoTime = environment.nanoTime();
    this.own = own;
    this.admission = own.admission;
    this.streams = own.streams;
    this.patterns = own.patterns;
    this.counters = shared.counters;
    this.feed = shared.feed;
  }

  HeadList readable() {
    return readable;
  }

  LiveStreams streams() {
    return streams;
  }

  /** Asks the thread for something; from any thread. */
  void submit(ShardTask task) {
    if (task instanceof ShardTask.Push push && !admitToQueue(push)) {
      return;
    }
    queue.add(task);
    if (stopped) {
      refuseQueued();
    }
  }

  private boolean admitToQueue(ShardTask.Push push) {
    int bytes = push.record().length();
    if (bytes > PushRecord.MAX_BYTES) {
      push.future()
          .completeExceptionally(
              new IllegalArgumentException(
                  "a record of " + bytes + " bytes, wanted at most " + PushRecord.MAX_BYTES));
      return false;
    }
    if (queuedBytes.addAndGet(bytes) > own.mostQueued + bytes) {
      queuedBytes.addAndGet(-bytes);
      push.future()
          .completeExceptionally(
              new WriteUnavailableException("too many pushes are waiting to be stored"));
      return false;
    }
    return true;
  }

  @Override
  public void run() {
    try {
      while (!(guardedStep() instanceof ShardTask.Stop)) {
        // The next one.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped = true;
      abandon(new WriteUnavailableException("Ingester is shutting down"));
      closeLog();
      refuseQueued();
    }
  }

  /** Returns what was done, or null if it failed; one failure does not end the shard. */
  private ShardTask guardedStep() throws InterruptedException {
    try {
      return step();
    } catch (RuntimeException | Error e) {
      LOG.error("A shard failed, it goes on", e);
      return null;
    }
  }

  private ShardTask step() throws InterruptedException {
    ShardTask task = carried != null ? carried : queue.take();
    carried = null;
    switch (task) {
      case ShardTask.Push push -> storeGroup(push);
      case ShardTask.Seal seal -> {
        try {
          seal(seal.reason());
        } finally {
          seal.future().complete(null);
        }
      }
      case ShardTask.Tick tick -> tick(tick.now());
      case ShardTask.Stop stop -> {
        return stop;
      }
    }
    return task;
  }

  private void storeGroup(ShardTask.Push first) throws InterruptedException {
    try {
      long deadline = nanoTime.getAsLong() + config.batchDelay().toNanos();
      groupBytes = 0;
      for (ShardTask.Push push = first; push != null; push = company(deadline)) {
        store(push);
      }
      commit();
    } catch (RuntimeException | Error e) {
      LOG.error("A shard failed to store pushes", e);
      abandon(e);
      leaveHead();
    }
  }

  /** Returns the next push that shares the sync, or null if it is time for it. */
  private ShardTask.Push company(long deadline) throws InterruptedException {
    if (config.sync() == WalConfig.Sync.ALWAYS || groupBytes > MOST_GROUP_BYTES) {
      return null;
    }
    long wait = config.sync() == WalConfig.Sync.BATCH ? deadline - nanoTime.getAsLong() : 0;
    ShardTask next = queue.poll(wait, TimeUnit.NANOSECONDS);
    if (next instanceof ShardTask.Push push) {
      return push;
    }
    carried = next;
    return null;
  }

  private void store(ShardTask.Push push) throws InterruptedException {
    queuedBytes.addAndGet(-push.record().length());
    groupBytes += push.record().length();
    if (!reserve(push)) {
      return;
    }
    Admission.Admitted admitted;
    try {
      admitted = admission.admit(push.record(), streams, nanos(clock.instant()));
    } catch (RuntimeException e) {
      admission.rollback();
      push.future().completeExceptionally(e);
      return;
    }
    group.add(new Stored(push.future(), admitted.result(), admitted.record()));
    if (admitted.record() == null) {
      return;
    }
    try {
      makeWay(admitted);
      openHead();
      append(admitted.record());
    } catch (WriteUnavailableException e) {
      abandon(e);
    } catch (IOException e) {
      refuseGroup(e);
    }
  }

  /** Takes the memory of a push, or refuses it; what came before it is stored meanwhile. */
  private boolean reserve(ShardTask.Push push) throws InterruptedException {
    long wanted = (long) GROWTH * push.record().length();
    if (!heads.memory().tryTake(wanted)) {
      commit();
      relieve(heads.memory().limit() - wanted);
      if (!heads.memory().take(wanted)) {
        push.future()
            .completeExceptionally(
                new WriteUnavailableException(heads.sealer().trouble("memory is full")));
        return false;
      }
    }
    reserved += wanted;
    return true;
  }

  /** Has the largest heads sealed until those that take rows fit into so many bytes. */
  private void relieve(long bytes) {
    int largest = heads.active().claimLargest(bytes);
    while (largest >= 0) {
      if (largest == own.number) {
        seal(SealReason.MEMORY);
      } else {
        heads.others().accept(largest);
      }
      largest = heads.active().claimLargest(bytes);
    }
  }

  /** A head in which the push would make too many columns too long is sealed before. */
  private void makeWay(Admission.Admitted admitted) {
    if (active != null && heads.isTooWide(active, admitted.entries(), admitted.names())) {
      Stored last = group.removeLast();
      commit();
      seal(SealReason.FULL);
      group.add(last);
    }
  }

  /** Puts right what the group has taken of the memory. */
  private void settle() {
    long now = active == null ? 0 : active.head().memory();
    heads.memory().correct(now - accounted - reserved);
    accounted = now;
    reserved = 0;
    heads.active().set(own.number, accounted);
  }

  /** What is stored already is not logged again: a replay may not know any more that it was. */
  private void append(PushRecord record) throws IOException {
    BitSet known = active.head().append(record, streams);
    PushRecord news = filter.without(known, record);
    if (news != null) {
      active.log().append(news);
      counters.walRecords.increment();
      fresh.add(news);
    }
  }

  private void openHead() throws IOException, InterruptedException {
    if (active != null) {
      return;
    }
    if (!heads.sealer().places().take(1)) {
      throw new WriteUnavailableException(heads.sealer().trouble("full heads wait to be sealed"));
    }
    try {
      active = heads.start(nanos(clock.instant()));
      readable.add(active.head());
    } finally {
      if (active == null) {
        heads.sealer().places().giveBack(1);
      }
    }
  }

  private void commit() {
    if (group.isEmpty()) {
      settle();
      return;
    }
    if (active != null) {
      long before = active.log().committedBytes();
      try {
        active.log().commit(config.sync() != WalConfig.Sync.NEVER);
      } catch (IOException e) {
        refuseGroup(e);
        return;
      }
      counters.walBytes.add(active.log().committedBytes() - before);
      active.head().commit(nanos(clock.instant()));
    }
    admission.commit();
    tellFollowers();
    for (Stored stored : group) {
      stored.future().complete(stored.result());
    }
    minePatterns();
    group.clear();
    settle();
    if (active != null && heads.isFull(active)) {
      seal(SealReason.FULL);
    }
    relieve(heads.memory().limit() / 2);
  }

  private void tellFollowers() {
    try {
      feed.stored(fresh);
    } catch (RuntimeException e) {
      LOG.error("A shard failed to pass on what it has stored", e);
    }
    fresh.clear();
  }

  private void minePatterns() {
    if (patterns == null) {
      return;
    }
    try {
      for (Stored stored : group) {
        if (stored.record() != null) {
          patterns.observe(stored.record(), streams, nanos(clock.instant()));
        }
      }
    } catch (RuntimeException e) {
      LOG.error("A shard failed to mine the patterns of what it has stored", e);
    }
  }

  private void refuseGroup(IOException cause) {
    counters.walWriteFailures.increment();
    LOG.warn("Cannot write the log, pushes are refused: {}", cause.toString());
    abandon(
        new WriteUnavailableException(
            "the write-ahead log cannot be written: " + cause.getMessage(), cause));
    leaveHead();
  }

  /** Takes back the group as if it had never been sent. */
  private void abandon(Throwable cause) {
    try {
      if (active != null) {
        active.head().rollback();
        active.log().rollback();
      }
      admission.rollback();
    } catch (IOException e) {
      LOG.warn("Cannot cut the log back: {}", e.toString());
    } finally {
      for (Stored stored : group) {
        stored.future().completeExceptionally(cause);
      }
      group.clear();
      fresh.clear();
      settle();
    }
  }

  /**
   * Writes no more to the head and its log. What a failed write or sync has left in the file is
   * unknown, and a later sync that works says nothing about it.
   */
  private void leaveHead() {
    if (active == null) {
      return;
    }
    if (!active.head().isEmpty()) {
      seal(SealReason.LOG_FAILED);
      return;
    }
    Head empty = active.head();
    RetiredHead retired =
        new RetiredHead(empty, active.log(), false, readable, SealReason.LOG_FAILED);
    leaveMemory();
    readable.remove(empty);
    heads.discard(empty, List.of(streams));
    heads.sealer().drop(retired);
  }

  private void seal(SealReason reason) {
    if (active == null || active.head().isEmpty()) {
      return;
    }
    counters.duplicates.add(active.head().duplicates());
    long now = nanos(clock.instant());
    RetiredHead retired = new RetiredHead(active.head(), active.log(), false, readable, reason);
    leaveMemory();
    heads.seal(retired, List.of(streams), now);
  }

  /** Lets go of the active head, whose memory is given back by whoever drops it. */
  private void leaveMemory() {
    active = null;
    accounted = 0;
    heads.active().set(own.number, 0);
  }

  private void tick(Instant now) {
    long nanos = nanos(now);
    if (active != null) {
      due(active.head(), nanos).ifPresent(this::seal);
    }
    streams.forgetSealed(nanos, REMEMBER_NANOS);
    streams.forgetIdle(nanos, heads.config().chunkIdlePeriod().toNanos());
    if (patterns != null) {
      patterns.tick(nanos);
    }
  }

  /** A head from the future was made before the clock was set back: its age is not known. */
  private Optional<SealReason> due(Head head, long now) {
    long age = Math.abs(now - head.createdNanos());
    if (age >= heads.config().after().toNanos() || age >= heads.config().maxChunkAge().toNanos()) {
      return Optional.of(SealReason.MAX_AGE);
    }
    return now - head.committedNanos() >= heads.config().chunkIdlePeriod().toNanos()
        ? Optional.of(SealReason.IDLE)
        : Optional.empty();
  }

  private void closeLog() {
    if (active != null) {
      try {
        active.log().close();
      } catch (IOException e) {
        LOG.warn("Cannot close the log: {}", e.toString());
      }
    }
  }

  private void refuseQueued() {
    for (ShardTask task = queue.poll(); task != null; task = queue.poll()) {
      switch (task) {
        case ShardTask.Push push ->
            push.future()
                .completeExceptionally(new WriteUnavailableException("Ingester is shutting down"));
        case ShardTask.Seal seal -> seal.future().complete(null);
        case ShardTask.Tick tick -> {}
        case ShardTask.Stop stop -> {}
      }
    }
  }

  static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
