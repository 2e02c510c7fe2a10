package dev.skald.ingester;

import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.wal.WalStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes and deletes the log files of heads that are sealed. A file keeps its place until it is
 * gone, so that there are never more than places. Safe for use by any thread.
 */
final class RetiredLogs {
  private static final Logger LOG = LoggerFactory.getLogger(RetiredLogs.class);

  private final WalStore logs;
  private final SealedHeads storage;
  private final Budget places;
  private final ConcurrentLinkedQueue<Leftover> left = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean retrying = new AtomicBoolean();
  private final ConcurrentLinkedQueue<HeadId> forgettable = new ConcurrentLinkedQueue<>();

  /**
   * A file that is to go.
   *
   * @param damaged whether it is to be put aside instead
   */
  private record Leftover(HeadId head, boolean damaged) {}

  RetiredLogs(WalStore logs, SealedHeads storage, Budget places) {
    this.logs = logs;
    this.storage = storage;
    this.places = places;
  }

  Budget places() {
    return places;
  }

  /** Removes the log of a head; one that cannot be removed is tried again. */
  void remove(RetiredHead retired) {
    try {
      if (retired.log() != null) {
        retired.log().close();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot close log file {}", logs.path(retired.head().id().number()), e);
    }
    Leftover file = new Leftover(retired.head().id(), retired.damaged());
    if (!delete(file)) {
      left.add(file);
    }
  }

  private boolean delete(Leftover file) {
    long number = file.head.number();
    try {
      if (file.damaged) {
        LOG.warn("Kept the damaged log file as {}", logs.quarantine(number));
      } else {
        logs.delete(number);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot remove log file {}, will try again", logs.path(number), e);
      return false;
    }
    forgettable.add(file.head);
    places.giveBack(1);
    return true;
  }

  /**
   * Tries again what has failed, and lets storage forget the heads whose log is gone. While one
   * thread is at it, which may wait for the store, others go on at once.
   */
  void retry() {
    if (!retrying.compareAndSet(false, true)) {
      return;
    }
    try {
      left.removeIf(this::delete);
      forget();
    } finally {
      retrying.set(false);
    }
  }

  /** Returns whether there is something to {@link #retry}. */
  boolean hasWork() {
    return !left.isEmpty() || !forgettable.isEmpty();
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
