package dev.skald.ingester;

import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.wal.WalStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals heads and deletes their log. A head that cannot be sealed stays readable and logged, and is
 * tried again at the next {@link #retry}. Safe for use by any thread.
 */
final class Sealer {
  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

  private final SealedHeads storage;
  private final WalStore logs;
  private final Executor executor;
  private final IngesterCounters counters;
  private final Places places;
  private final Map<HeadId, SealJob> waiting = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<HeadId> forgettable = new ConcurrentLinkedQueue<>();

  Sealer(Ingester.Environment environment, IngesterCounters counters, Places places) {
    this.storage = environment.storage();
    this.logs = environment.logs();
    this.executor = environment.sealing();
    this.counters = counters;
    this.places = places;
  }

  /** Returns the places that heads take until they are sealed. */
  Places places() {
    return places;
  }

  /** Returns how many heads take no more and are not sealed yet. */
  int waiting() {
    return waiting.size();
  }

  /** Seals a head, which has a place, in the background. */
  void submit(SealJob job) {
    waiting.put(job.head().id(), job);
    try {
      executor.execute(() -> run(job));
    } catch (RejectedExecutionException e) {
      failed(job, e);
    }
  }

  private void run(SealJob job) {
    try {
      job.past().forEach(SealedRows::detach);
      storage.seal(job.head().id(), job.head().batches());
    } catch (IOException | RuntimeException | Error e) {
      failed(job, e);
      return;
    }
    sealed(job);
  }

  private void failed(SealJob job, Throwable cause) {
    counters.sealFailures.increment();
    job.done().completeExceptionally(cause);
    LOG.error("Cannot seal head {}, will try again", job.head().id().number(), cause);
  }

  private void sealed(SealJob job) {
    counters.headsSealed.increment();
    removeLog(job.retired());
    job.retired().owner().remove(job.head());
    waiting.remove(job.head().id());
    places.giveBack();
    job.done().complete(null);
  }

  /** Lets go of a head without entries, which has a place. */
  void drop(RetiredHead empty) {
    removeLog(empty);
    places.giveBack();
  }

  /**
   * Tries failed seals again and lets storage forget the heads whose log is gone; neither once
   * storage takes no more heads.
   */
  synchronized void retry() {
    if (storage.refusal().isPresent()) {
      return;
    }
    for (SealJob job : waiting.values()) {
      if (job.done().isCompletedExceptionally()) {
        submit(job.again());
      }
    }
    forget();
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

  /** A log that stays behind is deleted at the next start, since its head is sealed. */
  private void removeLog(RetiredHead retired) {
    HeadId head = retired.head().id();
    try {
      if (retired.log() != null) {
        retired.log().close();
      }
      if (retired.damaged()) {
        LOG.warn("Kept the damaged log file as {}", logs.quarantine(head.number()));
      } else {
        logs.delete(head.number());
      }
      forgettable.add(head);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot remove log file {}", logs.path(head.number()), e);
    }
  }

  private void forget() {
    List<HeadId> gone = new ArrayList<>(forgettable);
    if (gone.isEmpty()) {
      return;
    }
    try {
      storage.forget(gone);
      forgettable.removeAll(gone);
    } catch (IOException e) {
      LOG.warn("Cannot let go of {} sealed heads, will try again", gone.size(), e);
    }
  }
}
