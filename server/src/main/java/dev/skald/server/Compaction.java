package dev.skald.server;

import dev.skald.config.CompactorConfig;
import dev.skald.config.MergeConfig;
import dev.skald.config.Overrides;
import dev.skald.config.SkaldConfig;
import dev.skald.storage.Storage;
import dev.skald.storage.compact.CompactionListener;
import dev.skald.storage.compact.Compactor;
import dev.skald.storage.compact.CompactorOptions;
import dev.skald.storage.compact.MergeBudget;
import dev.skald.storage.compact.MergeStore;
import dev.skald.storage.compact.PlannerOptions;
import dev.skald.storage.compact.Retention;
import dev.skald.storage.compact.Rewriter;
import dev.skald.storage.compact.WorkingDirectory;
import dev.skald.storage.object.CorruptionListener;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Puts the compactor and retention together as the configuration says. */
final class Compaction {
  /** Readers in other processes hear of a merge within this. */
  private static final Duration READERS_CATCH_UP = Duration.ofSeconds(30);

  /** A merge ends within a block; only the last write of a large segment may take longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SkaldConfig config;
  private final Clock clock;
  private final Lifecycle lifecycle;
  private final CorruptionListener corruption;

  /** What is to be told the time every second. */
  record Running(Compactor compactor, Retention retention) {}

  Compaction(SkaldConfig config, Clock clock, Lifecycle lifecycle, CorruptionListener corruption) {
    this.config = config;
    this.clock = clock;
    this.lifecycle = lifecycle;
    this.corruption = corruption;
  }

  Running start(Storage storage, Retaining retaining, CompactionListener listener)
      throws IOException {
    CompactorConfig compactor = config.compactor();
    Function<String, Duration> garbageDelay = tenant -> garbageDelay(retaining.overrides(), tenant);
    MergeStore store = storage.merging(clock, garbageDelay);
    WorkingDirectory directory = WorkingDirectory.open(compactor.workingDirectory());
    Rewriter rewriter = new Rewriter(store, options(compactor), directory, budget(compactor));
    // One for space, which must not wait for what has expired.
    Retention retention =
        new Retention(
            storage.catalog(),
            Retaining.options(config, garbageDelay),
            retaining.environment(threads("retention", 2), rewriter, corruption),
            clock.instant());
    lifecycle.onStop(retention::close);
    // One more thread, so that deletions need not wait for merges.
    Compactor merging =
        new Compactor(
            store,
            options(compactor),
            new Compactor.Environment(
                threads("merge", compactor.parallelism() + 1),
                directory,
                budget(compactor),
                tenant -> retention.filter(tenant, clock.instant()),
                listener,
                corruption));
    lifecycle.onStop(merging::close);
    return new Running(merging, retention);
  }

  /** Threads that are waited for at the end, once what they work for was told to stop. */
  private ExecutorService threads(String name, int count) {
    ExecutorService executor = Executors.newFixedThreadPool(count, Threads.daemons(name));
    lifecycle.onStop(
        () -> {
          executor.shutdown();
          executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        });
    return executor;
  }

  /** A tenant's queries may be allowed to take longer than those of others. */
  static Duration garbageDelay(Overrides overrides, String tenant) {
    return overrides.limits(tenant).query().queryTimeout().plus(READERS_CATCH_UP);
  }

  private static CompactorOptions options(CompactorConfig compactor) {
    MergeConfig merge = compactor.merge();
    return new CompactorOptions(
        PlannerOptions.DEFAULT.withMostBytes(merge.maxBytes()).withColdAfter(merge.coldAfter()),
        compactor.compactionInterval(),
        compactor.parallelism(),
        merge.zstdLevel(),
        merge.coldZstdLevel());
  }

  /** Each of the merges that run at a time has its share. */
  private static MergeBudget budget(CompactorConfig compactor) {
    MergeConfig merge = compactor.merge();
    int parallelism = compactor.parallelism();
    return new MergeBudget(
        Math.min(1, merge.cores() / parallelism),
        Math.ceilDiv(merge.bytesPerSecond(), parallelism),
        System::nanoTime,
        LockSupport::parkNanos);
  }
}
