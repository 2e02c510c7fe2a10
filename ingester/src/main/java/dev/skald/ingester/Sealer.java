package dev.skald.ingester;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals heads and has their log deleted. A head that cannot be sealed stays readable and logged; it
 * is tried again later and later, and at once after another head could be sealed. Safe for use by
 * any thread.
 */
final class Sealer {
  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
  private static final long MOST_WAIT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final SealedHeads storage;
  private final Executor executor;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final IngesterListener listener;
  private final IngesterCounters counters;
  private final Budget memory;
  private final RetiredLogs logs;
  private final Map<Head, SealJob> waiting = new ConcurrentHashMap<>();
  private final Map<Head, Failure> failures = new ConcurrentHashMap<>();

  /**
   * Why a head is not sealed.
   *
   * @param nextNanos when to try again, by the clock that never jumps
   */
  private record Failure(Throwable cause, long nextNanos) {}

  /**
   * @param memory what heads take until they are sealed
   * @param places what log files take until they are deleted
   */
  Sealer(
      Ingester.Environment environment, IngesterCounters counters, Budget memory, Budget places) {
    this.storage = environment.storage();
    this.executor = environment.sealing();
    this.clock = environment.clock();
    this.nanoTime = environment.nanoTime();
    this.listener = environment.listener();
    this.counters = counters;
    this.memory = memory;
    this.logs = new RetiredLogs(environment.logs(), storage, places);
  }

  /** Returns how many log files there may be, each for a head. */
  Budget places() {
    return logs.places();
  }

  /** Returns how many bytes all heads may take. */
  Budget memory() {
    return memory;
  }

  /** Returns how many heads take no more and are not sealed yet. */
  int waiting() {
    return waiting.size();
  }

  /** Returns how many heads could not be sealed when it was last tried. */
  int failing() {
    return failures.size();
  }

  /** Returns what is the matter, with the cause if heads cannot be sealed. */
  String trouble(String text) {
    return failures.values().stream()
        .findAny()
        .map(failure -> text + ", as heads cannot be sealed: " + failure.cause.getMessage())
        .orElse(text + ", as heads are not sealed as fast as lines come in");
  }

  /** Seals a head, which has a place, in the background. */
  void submit(SealJob job) {
    waiting.put(job.head(), job);
    try {
      executor.execute(() -> run(job));
    } catch (RejectedExecutionException e) {
      failed(job, e);
    }
  }

  private void run(SealJob job) {
    try {
      job.past().forEach(SealedRows::detach);
      storage.seal(job.head().id(), job.head().batches(), job.retired().reason().effort());
    } catch (IOException | RuntimeException | Error e) {
      failed(job, e);
      return;
    }
    sealed(job);
  }

  private void failed(SealJob job, Throwable cause) {
    counters.sealFailures.increment();
    long wait = job.attempt() == 0 ? 0 : waitAfter(job.attempt());
    failures.put(job.head(), new Failure(cause, nanoTime.getAsLong() + wait));
    job.done().completeExceptionally(cause);
    if (job.attempt() == 0) {
      LOG.error("Cannot seal head {}, will try again", name(job), cause);
    } else {
      LOG.error(
          "Cannot seal head {} after {} attempts, will try again in {} s: {}",
          name(job),
          job.attempt() + 1,
          TimeUnit.NANOSECONDS.toSeconds(wait),
          cause.toString());
    }
  }

  private static String name(SealJob job) {
    return job.head().id().number() + " of " + job.head().bytes() + " bytes";
  }

  private static long waitAfter(int attempt) {
    return Math.min(MOST_WAIT_NANOS, TimeUnit.SECONDS.toNanos(1L << Math.min(attempt - 1, 6)));
  }

  private void sealed(SealJob job) {
    counters.headsSealed.increment();
    tell(job);
    if (failures.remove(job.head()) != null) {
      failures.replaceAll((head, failure) -> new Failure(failure.cause, nanoTime.getAsLong()));
    }
    logs.remove(job.retired());
    job.retired().owner().remove(job.head());
    waiting.remove(job.head());
    memory.giveBack(job.head().memory());
    job.done().complete(null);
  }

  private void tell(SealJob job) {
    long age = Math.abs(Shard.nanos(clock.instant()) - job.head().createdNanos());
    SealReason reason = job.retired().reason();
    job.head().forEachStream((tenant, rows) -> listener.sealed(tenant, reason, rows, age));
  }

  /** Lets go of a head without entries, which has a place. */
  void drop(RetiredHead empty) {
    logs.remove(empty);
    memory.giveBack(empty.head().memory());
  }

  /**
   * Tries the failed seals again that are due, and what else could not be done; nothing once
   * storage takes no more heads.
   */
  void retry() {
    retry(false);
  }

  /** Tries every failed seal again. */
  void retryAll() {
    retry(true);
  }

  private synchronized void retry(boolean all) {
    if (storage.refusal().isPresent()) {
      return;
    }
    for (SealJob job : waiting.values()) {
      if (job.done().isCompletedExceptionally() && (all || isDue(job.head()))) {
        submit(job.again());
      }
    }
    if (logs.hasWork()) {
      retryLogs();
    }
  }

  /** Not by the thread that calls: to forget heads may wait for the store. */
  private void retryLogs() {
    try {
      executor.execute(logs::retry);
    } catch (RejectedExecutionException e) {
      LOG.debug("Stopping, sealed heads are forgotten at the next start", e);
    }
  }

  private boolean isDue(Head head) {
    Failure failure = failures.get(head);
    return failure == null || nanoTime.getAsLong() - failure.nextNanos >= 0;
  }

  /**
   * Waits until every head that is submitted by now is sealed, or has failed to be.
   *
   * @throws IOException if one could not be sealed
   */
  void await() throws IOException, InterruptedException {
    for (SealJob job : List.copyOf(waiting.values())) {
      try {
        job.done().get();
      } catch (ExecutionException e) {
        throw new IOException("cannot seal head " + job.head().id().number(), e.getCause());
      }
    }
  }
}
