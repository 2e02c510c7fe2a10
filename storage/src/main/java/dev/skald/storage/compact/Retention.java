package dev.skald.storage.compact;

import dev.skald.config.RetentionLimits;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.EntrySource;
import dev.skald.storage.catalog.Catalog;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.FencedException;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.deletes.CoveredLines;
import dev.skald.storage.deletes.DeleteMask;
import dev.skald.storage.deletes.DeleteRequests;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is not to be kept: lines that have expired, lines that somebody wants to be deleted,
 * and the oldest segments where there is not enough space. All of it by edits of the catalog, so
 * that a crash at any step leaves the old segments or the new ones. Safe for use by any thread.
 */
public final class Retention implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private static final Duration SIZE_INTERVAL = Duration.ofMinutes(1);

  /** So long a delete request is still listed after it was made. */
  private static final Duration LIST_PROCESSED = Duration.ofDays(30);

  private final Catalog catalog;
  private final RetentionOptions options;
  private final Environment environment;
  private final ExpiredSegments expired;
  private final Deletion deletion;
  private final AtomicBoolean applying = new AtomicBoolean();
  private final AtomicBoolean sizing = new AtomicBoolean();
  private final AtomicBoolean toldOfDamage = new AtomicBoolean();
  private final Set<String> badRequests = new HashSet<>();

  /** For the thread that ticks. */
  private Instant nextApply;

  private Instant nextSize = Instant.MIN;

  /**
   * What retention works with.
   *
   * @param executor runs what is due; two things at most at a time
   * @param limits of each tenant, those in force now
   * @param recent the unsealed lines of a tenant, sealed ones may be among them; nothing while they
   *     are not known
   */
  public record Environment(
      Executor executor,
      Rewriter rewriter,
      Function<String, RetentionLimits> limits,
      DeleteRequests requests,
      Function<String, Optional<List<EntrySource>>> recent,
      RetentionListener listener,
      CorruptionListener corruption) {}

  /**
   * @param started when the process was; the first look is one interval later
   */
  public Retention(
      Catalog catalog, RetentionOptions options, Environment environment, Instant started) {
    this.catalog = catalog;
    this.options = options;
    this.environment = environment;
    this.nextApply = started.plus(options.interval());
    this.expired = new ExpiredSegments(environment.rewriter.store(), environment.limits);
    this.deletion =
        new Deletion(
            environment.rewriter,
            environment.requests,
            environment.recent,
            environment.listener,
            environment.corruption);
  }

  /** Starts what is due. For one thread. */
  public void tick(Instant now) {
    if (options.size().isSet() && !now.isBefore(nextSize)) {
      nextSize = now.plus(SIZE_INTERVAL);
      start(sizing, () -> applySize(now));
    }
    if (options.enabled() && !now.isBefore(nextApply)) {
      nextApply = now.plus(options.interval());
      start(applying, () -> apply(now));
    }
  }

  private void start(AtomicBoolean running, Runnable task) {
    if (running.compareAndSet(false, true)) {
      try {
        environment.executor.execute(
            () -> {
              try {
                task.run();
              } finally {
                running.set(false);
              }
            });
      } catch (RejectedExecutionException stopping) {
        running.set(false);
      }
    }
  }

  /** Returns which lines of a tenant outlive a merge that begins now. */
  public RowFilter filter(String tenant, Instant now) {
    if (!options.enabled()) {
      return RowFilter.ALL;
    }
    DeleteMask deleted = DeleteMask.covering(due(tenant, now));
    RetentionRules rules = new RetentionRules(environment.limits.apply(tenant));
    boolean expires = !rules.shortest().equals(RetentionRules.FOR_EVER);
    return expires || !deleted.isEmpty()
        ? new KeptLines(expires ? rules : null, now, deleted)
        : RowFilter.ALL;
  }

  /** Removes the oldest segments while all of them take too much space. */
  void applySize(Instant now) {
    try {
      List<SegmentEntry> excess = options.size().excess(catalog.snapshot());
      if (!excess.isEmpty()) {
        log.warn("the limit of size is passed: removing the {} oldest segments", excess.size());
        remove(excess, now, options.garbageDelay());
      }
    } catch (IOException | RuntimeException failure) {
      environment.listener.failed();
      log.warn("cannot keep within the limit of size, will try again", failure);
    }
  }

  /** Removes what has expired and what is to be deleted. For one thread at a time. */
  void apply(Instant now) {
    try {
      boolean done = applyPeriods(now);
      carryOutRequests(now);
      environment.requests.forget(now.minus(LIST_PROCESSED));
      if (done) {
        environment.listener.applied(now);
      }
    } catch (CancellationException stopped) {
      log.info("retention is given up half-way");
    } catch (IOException | RuntimeException failure) {
      environment.listener.failed();
      log.warn("retention has failed, will try again", failure);
    }
  }

  /** Returns whether all went well. */
  private boolean applyPeriods(Instant now) throws IOException {
    ExpiredSegments.Found found = expired.find(environment.rewriter.store().segments(), now);
    remove(found.whole(), now, options::delayOfExpired);
    boolean done = true;
    for (SegmentEntry entry : found.partly()) {
      done &= rewrite(entry, now);
    }
    return done;
  }

  private boolean rewrite(SegmentEntry entry, Instant now) throws IOException {
    try {
      if (environment.rewriter.rewrite(entry, filter(entry.tenant(), now))) {
        environment.listener.rewritten();
      }
      return true;
    } catch (CorruptDataException corrupt) {
      environment.corruption.corrupt(corrupt);
      log.error("expired lines of {} stay: {}", entry.key(), corrupt.toString());
    } catch (FencedException overtaken) {
      throw overtaken;
    } catch (IOException failure) {
      log.warn("expired lines of {} stay for now", entry.key(), failure);
    }
    environment.listener.failed();
    return false;
  }

  /** Removes those of the segments that are still there, by one edit. */
  private void remove(List<SegmentEntry> segments, Instant now, Function<String, Duration> delay)
      throws IOException {
    catalog.settle();
    Set<SegmentEntry> there = new HashSet<>(catalog.snapshot().segments());
    List<SegmentEntry> gone = segments.stream().filter(there::contains).toList();
    if (gone.isEmpty()) {
      return;
    }
    if (catalog.damaged() && toldOfDamage.compareAndSet(false, true)) {
      log.warn(
          "the catalog was damaged: retention removes only the segments that it names; others stay"
              + " in the store for ever");
    }
    CatalogEdit.Builder edit = CatalogEdit.builder();
    gone.forEach(entry -> edit.remove(entry, now, delay.apply(entry.tenant())));
    catalog.commit(edit.build());
    long bytes = gone.stream().mapToLong(SegmentEntry::bytes).sum();
    environment.listener.removed(gone.size(), bytes);
    log.info("removed {} segments, {} bytes", gone.size(), bytes);
  }

  private void carryOutRequests(Instant now) throws IOException {
    List<DeleteRequest> pending = environment.requests.pending();
    deletion.retain(pending);
    Set<String> tenants = new TreeSet<>();
    pending.forEach(request -> tenants.add(request.tenant()));
    for (String tenant : tenants) {
      List<CoveredLines> due = due(tenant, now);
      if (!due.isEmpty()) {
        deletion.carryOut(tenant, due, filter(tenant, now));
      }
    }
  }

  /** Returns the requests of a tenant that may not be withdrawn any more. */
  private List<CoveredLines> due(String tenant, Instant now) {
    if (environment.limits.apply(tenant).deletion() != RetentionLimits.Deletion.FILTER_AND_DELETE) {
      return List.of();
    }
    long latest = RetentionRules.nanos(now.minus(options.cancelPeriod()));
    List<CoveredLines> due = new ArrayList<>();
    for (DeleteRequest request : DeleteRequests.pending(catalog.snapshot(), tenant)) {
      if (request.created() <= latest) {
        compile(request).ifPresent(due::add);
      }
    }
    return due;
  }

  private Optional<CoveredLines> compile(DeleteRequest request) {
    try {
      return Optional.of(CoveredLines.of(request));
    } catch (QueryException unreadable) {
      synchronized (badRequests) {
        if (badRequests.add(request.id())) {
          log.error("the delete request {} cannot be carried out", request, unreadable);
        }
      }
      return Optional.empty();
    }
  }

  /** Starts nothing any more and gives up what runs: within a block, or a write to the store. */
  @Override
  public void close() {
    environment.rewriter.stop();
  }
}
