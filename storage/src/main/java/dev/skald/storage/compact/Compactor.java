package dev.skald.storage.compact;

import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges segments in the background, a few at a time, within a budget. A crash at any step leaves
 * the old segments or the new one. A segment that turns out to be corrupt is left as it is and out
 * of all merges of this process. Reads and writes never wait for it. Safe for use by any thread.
 */
public final class Compactor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Compactor.class);

  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
  private static final int MOST_DOUBLINGS = 6;
  private static final Duration FORGET_FAILURES = Duration.ofHours(1);

  /** So many segments that were sealed since the last look are reason to look again. */
  private static final int MANY_SEALED = 8;

  private final MergeStore store;
  private final CompactorOptions options;
  private final Environment environment;
  private final MergePlanner planner;

  /** All below guarded by this. */
  private final QuietDays quiet = new QuietDays();

  private final Set<Merge.Group> running = new HashSet<>();
  private final Map<Merge.Group, Backoff> backoffs = new HashMap<>();
  private final Set<Long> corrupt = new HashSet<>();
  private Instant nextLook;
  private Instant nextSweep = Instant.MIN;
  private boolean sweeping;
  private long newestSeen;
  private volatile boolean closed;

  /** When merges of a group that have failed so often may be tried again. */
  private record Backoff(int failures, Instant until) {
    static Backoff after(Backoff before, Instant now) {
      int failures = before == null ? 1 : before.failures + 1;
      int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
      return new Backoff(failures, now.plus(FIRST_BACKOFF.multipliedBy(1L << doublings)));
    }
  }

  /**
   * What a compactor works with.
   *
   * @param executor runs merges, each for minutes, and deletions
   * @param filters says which rows of a tenant outlive a merge; asked once a merge
   * @param corruption hears of segments that are not what was written
   */
  public record Environment(
      Executor executor,
      WorkingDirectory directory,
      MergeBudget budget,
      Function<String, RowFilter> filters,
      CompactionListener listener,
      CorruptionListener corruption) {}

  public Compactor(MergeStore store, CompactorOptions options, Environment environment) {
    this.store = store;
    this.options = options;
    this.environment = environment;
    this.planner = new MergePlanner(options.planner());
  }

  /** Starts what is due. The first look is one interval after the first call. */
  public synchronized void tick(Instant now) {
    if (closed) {
      return;
    }
    if (!sweeping && !now.isBefore(nextSweep) && store.hasGarbage(now)) {
      sweeping = true;
      execute(() -> sweep(now), () -> sweeping = false);
    }
    if (running.size() < options.parallelism()) {
      startMerges(now);
    }
  }

  private void startMerges(Instant now) {
    List<SegmentEntry> segments = store.segments();
    if (nextLook == null) {
      nextLook = now.plus(options.interval());
      newestSeen = newest(segments);
    }
    if (!now.isBefore(nextLook) || sealedSince(segments) >= MANY_SEALED) {
      look(segments, now);
    }
  }

  private static long newest(List<SegmentEntry> segments) {
    return segments.stream().mapToLong(SegmentEntry::number).max().orElse(-1);
  }

  private long sealedSince(List<SegmentEntry> segments) {
    return segments.stream().filter(entry -> entry.number() > newestSeen).count();
  }

  private void look(List<SegmentEntry> segments, Instant now) {
    quiet.observe(segments, now);
    backoffs.values().removeIf(backoff -> !now.isBefore(backoff.until.plus(FORGET_FAILURES)));
    List<SegmentEntry> sound =
        segments.stream().filter(entry -> !corrupt.contains(entry.number())).toList();
    boolean waiting = false;
    for (Merge merge : planner.plan(sound, quiet, now)) {
      Backoff backoff = backoffs.get(merge.group());
      if (backoff != null && now.isBefore(backoff.until)) {
        waiting = true;
      } else if (running.size() < options.parallelism() && running.add(merge.group())) {
        start(merge, now);
      }
    }
    if (running.isEmpty()) {
      newestSeen = newest(segments);
      nextLook = now.plus(waiting ? min(FIRST_BACKOFF, options.interval()) : options.interval());
      if (!waiting) {
        environment.listener.caughtUp(now);
      }
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private void start(Merge merge, Instant now) {
    execute(() -> run(merge, now), () -> running.remove(merge.group()));
  }

  private void execute(Runnable task, Runnable refused) {
    try {
      environment.executor.execute(task);
    } catch (RejectedExecutionException stopping) {
      refused.run();
    }
  }

  private void sweep(Instant now) {
    Instant next = now;
    try {
      store.sweep(now);
    } catch (IOException | RuntimeException | Error failure) {
      log.warn("cannot delete segments that are in no use any more: {}", failure.toString());
      next = now.plus(FIRST_BACKOFF);
    }
    swept(next);
  }

  private synchronized void swept(Instant next) {
    sweeping = false;
    nextSweep = next;
  }

  private void run(Merge merge, Instant started) {
    long start = environment.budget.nanos().getAsLong();
    Exception failure = null;
    try {
      merge(merge);
    } catch (CancellationException stopped) {
      log.info("gave up the merge of {}", merge);
    } catch (IOException | RuntimeException failed) {
      failure = failed;
    } catch (Error failed) {
      failure = new IOException("the merge has failed", failed);
    }
    ended(merge, failure, started.plusNanos(environment.budget.nanos().getAsLong() - start));
  }

  private void merge(Merge merge) throws IOException {
    Pace pace = stoppable(environment.budget.begin());
    RowFilter filter = environment.filters.apply(merge.group().tenant());
    long start = environment.budget.nanos().getAsLong();
    MergeRun run = new MergeRun(store, merge, filter, pace);
    MergeRun.Outcome outcome =
        run.run(options.segments(merge.level()), environment.directory.newFile());
    if (outcome.committed()) {
      Duration took = Duration.ofNanos(environment.budget.nanos().getAsLong() - start);
      log.info("merged {}: {} bytes in {}", merge, outcome.bytes(), took);
      environment.listener.merged(merge, outcome.bytes(), outcome.duplicates(), took);
    }
  }

  private Pace stoppable(Pace pace) {
    return bytes -> {
      if (closed) {
        throw new CancellationException("the compactor stops");
      }
      pace.spend(bytes);
    };
  }

  private synchronized void ended(Merge merge, Exception failure, Instant now) {
    running.remove(merge.group());
    if (failure == null) {
      backoffs.remove(merge.group());
    } else if (!closed && allThere(merge)) {
      environment.listener.failed(merge, failure);
      if (!(failure instanceof CorruptDataException found && leaveOut(merge, found))) {
        Backoff backoff = Backoff.after(backoffs.get(merge.group()), now);
        backoffs.put(merge.group(), backoff);
        log.warn(
            "cannot merge {}: {}; next attempt after {}",
            merge,
            failure,
            backoff.until,
            trace(failure));
      }
    }
  }

  /** A failure of the store says all in its message; any other is worth its place. */
  private static Exception trace(Exception failure) {
    return failure instanceof IOException && failure.getCause() == null ? null : failure;
  }

  /** A merge may fail as retention deletes an input under it: that is no failure. */
  private boolean allThere(Merge merge) {
    return new HashSet<>(store.segments()).containsAll(merge.inputs());
  }

  /** Leaves the corrupt input of a merge out of the next ones. */
  private boolean leaveOut(Merge merge, CorruptDataException found) {
    for (SegmentEntry entry : merge.inputs()) {
      if (entry.key().equals(found.path())) {
        corrupt.add(entry.number());
        log.error("{}; it is left out of merges and stays as it is", found.getMessage());
        environment.corruption.corrupt(found);
        return true;
      }
    }
    return false;
  }

  /** Returns how many merges run. */
  public synchronized int running() {
    return running.size();
  }

  /** Starts no more merges and gives up those that run: each within a block, or its last write. */
  @Override
  public void close() {
    closed = true;
  }
}
