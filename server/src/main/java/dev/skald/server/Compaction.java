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
import dev.skald.storage.compact.PlannerOptions;
import dev.skald.storage.compact.RowFilter;
import dev.skald.storage.compact.WorkingDirectory;
import dev.skald.storage.object.CorruptionListener;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Puts the compactor together as the configuration says. */
final class Compaction {
  /** Readers in other processes hear of a merge within this. */
  private static final Duration READERS_CATCH_UP = Duration.ofSeconds(30);

  /** A merge ends within a block; only the last write of a large segment may take longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SkaldConfig config;
  private final Overrides overrides;
  private final Clock clock;
  private final Lifecycle lifecycle;

  Compaction(SkaldConfig config, Overrides overrides, Clock clock, Lifecycle lifecycle) {
    this.config = config;
    this.overrides = overrides;
    this.clock = clock;
    this.lifecycle = lifecycle;
  }

  Compactor start(Storage storage, CompactionListener listener, CorruptionListener corruption)
      throws IOException {
    CompactorConfig compactor = config.compactor();
    // One more thread, so that deletions need not wait for merges.
    ExecutorService executor =
        Executors.newFixedThreadPool(
            compactor.parallelism() + 1, Thread.ofPlatform().daemon().name("merge-", 0).factory());
    Compactor started =
        new Compactor(
            storage.merging(clock, tenant -> garbageDelay(overrides, tenant)),
            options(compactor),
            new Compactor.Environment(
                executor,
                WorkingDirectory.open(compactor.workingDirectory()),
                budget(compactor),
                tenant -> RowFilter.ALL,
                listener,
                corruption));
    lifecycle.onStop(
        () -> {
          started.close();
          executor.shutdown();
          executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        });
    return started;
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
