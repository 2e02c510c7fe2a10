package dev.skald.config.load;

import dev.skald.config.CompactorConfig;
import dev.skald.config.IngesterConfig;
import dev.skald.config.MergeConfig;
import dev.skald.config.PatternConfig;
import dev.skald.config.QuerierConfig;
import dev.skald.config.SealConfig;
import dev.skald.config.SpaceConfig;
import dev.skald.config.WalConfig;
import java.util.Locale;

/**
 * {@code ingester}, {@code pattern_ingester}, {@code querier} with its neighbours, and {@code
 * compactor} as records.
 */
final class IngesterReader {
  private IngesterReader() {}

  /**
   * @param processors how many shards there are where the file does not say
   */
  static IngesterConfig ingester(Settings root, int processors) {
    Settings ingester = root.block("ingester");
    int shards = ingester.integer("shards");
    return new IngesterConfig(
        shards == 0 ? processors : shards,
        wal(ingester.block("wal")),
        new SealConfig(
            ingester.number("seal_bytes"),
            ingester.duration("seal_after"),
            ingester.duration("max_chunk_age"),
            ingester.duration("chunk_idle_period"),
            ingester.duration("flush_check_period")),
        ingester.number("memory_limit"),
        ingester.block("lifecycler").duration("min_ready_duration"));
  }

  static PatternConfig patterns(Settings root) {
    Settings patterns = root.block("pattern_ingester");
    return new PatternConfig(
        patterns.flag("enabled"),
        patterns.integer("max_clusters"),
        patterns.integer("max_allowed_line_length"),
        patterns.duration("retain_for"),
        patterns.duration("pattern_sample_interval"));
  }

  static QuerierConfig querier(Settings root) {
    Settings querier = root.block("querier");
    Settings frontend = root.block("frontend");
    Settings range = root.block("query_range");
    Settings cache = range.block("results_cache").block("cache").block("embedded_cache");
    return new QuerierConfig(
        querier.integer("max_concurrent"),
        querier.number("memory_limit"),
        frontend.integer("max_outstanding_per_tenant"),
        querier.flag("multi_tenant_queries_enabled"),
        querier.duration("tail_max_duration"),
        querier.block("engine").duration("max_look_back_period"),
        range.flag("align_queries_with_step"),
        range.flag("cache_results"),
        cache.number("max_size_mb") << 20,
        frontend.duration("log_queries_longer_than"));
  }

  static CompactorConfig compactor(Settings root) {
    Settings compactor = root.block("compactor");
    return new CompactorConfig(
        compactor.file("working_directory"),
        compactor.duration("compaction_interval"),
        compactor.flag("retention_enabled"),
        compactor.duration("retention_delete_delay"),
        compactor.duration("apply_retention_interval"),
        compactor.duration("delete_request_cancel_period"),
        compactor.integer("max_compaction_parallelism"),
        new MergeConfig(
            compactor.fraction("merge_cpu"),
            compactor.number("merge_bytes_per_second"),
            compactor.number("merge_max_bytes"),
            compactor.integer("merge_zstd_level"),
            compactor.integer("cold_zstd_level"),
            compactor.duration("cold_after")),
        new SpaceConfig(
            compactor.number("retention_max_bytes"), compactor.fraction("retention_max_percent")));
  }

  private static WalConfig wal(Settings wal) {
    return new WalConfig(
        wal.flag("enabled"),
        wal.file("dir"),
        WalConfig.Sync.valueOf(wal.text("sync").toUpperCase(Locale.ROOT)),
        wal.duration("batch_delay"),
        wal.number("replay_memory_ceiling"),
        wal.fraction("disk_full_threshold"),
        wal.flag("flush_on_shutdown"));
  }
}
