package dev.skald.server;

import dev.skald.config.CompactorConfig;
import dev.skald.config.Overrides;
import dev.skald.config.SkaldConfig;
import dev.skald.config.SpaceConfig;
import dev.skald.ingester.HeadEntries;
import dev.skald.ingester.Ingester;
import dev.skald.logql.batch.EntrySource;
import dev.skald.storage.compact.DirectoryVolume;
import dev.skald.storage.compact.Retention;
import dev.skald.storage.compact.RetentionListener;
import dev.skald.storage.compact.RetentionOptions;
import dev.skald.storage.compact.Rewriter;
import dev.skald.storage.compact.SizeLimit;
import dev.skald.storage.deletes.DeleteRequests;
import dev.skald.storage.object.CorruptionListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** What retention works with, as the configuration says. */
record Retaining(
    Ingester ingester, Overrides overrides, DeleteRequests deletes, RetentionListener listener) {

  static RetentionOptions options(SkaldConfig config, Function<String, Duration> garbageDelay) {
    CompactorConfig compactor = config.compactor();
    return new RetentionOptions(
        compactor.retentionEnabled(),
        compactor.retentionInterval(),
        compactor.retentionDeleteDelay(),
        garbageDelay,
        compactor.deleteRequestCancelPeriod(),
        size(config));
  }

  Retention.Environment environment(
      Executor executor, Rewriter rewriter, CorruptionListener corruption) {
    return new Retention.Environment(
        executor,
        rewriter,
        tenant -> overrides.limits(tenant).retention(),
        deletes,
        this::recent,
        listener,
        corruption);
  }

  private static SizeLimit size(SkaldConfig config) {
    SpaceConfig space = config.compactor().space();
    return new SizeLimit(
        space.maxBytes(), space.maxPercent(), new DirectoryVolume(config.storage().directory()));
  }

  /** What is in the log is not known before it is replayed. */
  private Optional<List<EntrySource>> recent(String tenant) {
    return ingester.replayed()
        ? Optional.of(ingester.heads(tenant).stream().map(HeadEntries::entries).toList())
        : Optional.empty();
  }
}
