package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

import dev.skald.config.IngestLimits;

/** {@code limits_config} (config-and-clients.md §1.7), in the order of that table. */
final class LimitsKeys {
  /** The limits that {@code /loki/api/v1/drilldown-limits} shows by default. */
  static final String[] PUBLISHED = {
    "max_entries_limit_per_query",
    "max_query_length",
    "max_query_lookback",
    "max_query_range",
    "max_query_series",
    "max_query_bytes_read",
    "query_timeout",
    "retention_period",
    "retention_stream",
    "volume_enabled",
    "volume_max_series",
    "discover_log_levels",
    "discover_service_name",
    "log_level_fields",
    "max_line_size_truncate",
    "metric_aggregation_enabled",
    "pattern_persistence_enabled",
    "otlp_config"
  };

  private static final long MOST = Integer.MAX_VALUE;
  private static final IngestLimits USUAL = IngestLimits.defaults();

  static final Section LIMITS =
      ingest()
          .with(metadata())
          .with(query())
          .with(queryUnused())
          .with(retention())
          .with(RulerLimitsKeys.RULER_LIMITS)
          .with(UnusedLimitsKeys.UNUSED);

  private LimitsKeys() {}

  private static Section ingest() {
    return Section.of(
        "validation.plain",
        unused("ingestion_rate_strategy", TEXT, "global").oneOf("global", "local"),
        used("ingestion_rate_mb", FLOAT, "4").notNegative(),
        used("ingestion_burst_size_mb", FLOAT, "6").notNegative(),
        used("max_label_name_length", INT, "1024").within(0, MOST),
        used("max_label_value_length", INT, "2048").within(0, MOST),
        used("max_label_names_per_series", INT, "15").within(0, MOST),
        used("reject_old_samples", BOOL, "true"),
        used("reject_old_samples_max_age", DURATION, "1w"),
        used("creation_grace_period", DURATION, "10m"),
        used("max_line_size", SIZE, "256KB").within(0, MOST),
        used("max_line_size_truncate", BOOL, "false"),
        used("max_line_size_truncate_identifier", TEXT, ""),
        used("increment_duplicate_timestamp", BOOL, "false"),
        usedTexts("discover_service_name", USUAL.discoverServiceName()),
        used("discover_log_levels", BOOL, "true"),
        usedTexts("log_level_fields", USUAL.logLevelFields()),
        used("log_level_from_json_max_depth", INT, "2").within(0, MOST),
        unused("max_streams_per_user", INT, "0"),
        used("max_global_streams_per_user", INT, "5000").within(0, MOST),
        used("unordered_writes", BOOL, "true"),
        used("per_stream_rate_limit", SIZE, "3MB"),
        used("per_stream_rate_limit_burst", SIZE, "15MB"),
        removed("enforce_metric_name", BOOL, "removed in Loki 3"));
  }

  private static Section metadata() {
    return Section.of(
        "validation.plain",
        used("allow_structured_metadata", BOOL, "true"),
        used("max_structured_metadata_size", SIZE, "64KB").within(0, MOST),
        used("max_structured_metadata_entries_count", INT, "128").within(0, MOST),
        block("otlp_config", OtlpKeys.OTLP),
        used("block_ingestion_until", TIME, "0"),
        used("block_ingestion_status_code", INT, "260").within(100, 599),
        usedTexts("enforced_labels"));
  }

  private static Section query() {
    return Section.of(
        "validation.plain",
        used("max_query_series", INT, "500").within(0, MOST),
        used("max_query_lookback", DURATION, "0s"),
        used("max_query_length", DURATION, "30d1h"),
        used("max_query_range", DURATION, "0s"),
        used("max_query_parallelism", INT, "32").within(0, MOST),
        used("cardinality_limit", INT, "100000").within(0, MOST),
        used("max_streams_matchers_per_query", INT, "1000").within(0, MOST),
        used("max_concurrent_tail_requests", INT, "10").within(0, MOST),
        used("max_entries_limit_per_query", INT, "5000").within(0, MOST),
        used("max_cache_freshness_per_query", DURATION, "10m"),
        used("query_timeout", DURATION, "1m"),
        used("split_queries_by_interval", DURATION, "1h"),
        used("max_query_bytes_read", SIZE, "0B"),
        used("volume_enabled", BOOL, "true"),
        used("volume_max_series", INT, "1000").within(0, MOST),
        blocks("blocked_queries", blockedQuery()),
        usedTexts("required_labels"),
        used("minimum_labels_number", INT, "0").within(0, MOST),
        usedTexts("shard_aggregations"),
        used("enable_multi_variant_queries", BOOL, "false"),
        used("max_query_memory", SIZE, "0").within(0, Long.MAX_VALUE));
  }

  private static Section queryUnused() {
    return Section.of(
        "validation.plain",
        unused("max_chunks_per_query", INT, "2000000"),
        unused("tsdb_max_query_parallelism", INT, "128"),
        unused("tsdb_max_bytes_per_shard", SIZE, "600MB").positive(),
        unused("tsdb_sharding_strategy", TEXT, "power_of_two").oneOf("power_of_two", "bounded"),
        unused("tsdb_precompute_chunks", BOOL, "false"),
        unused("max_metadata_cache_freshness", DURATION, "1d"),
        unused("max_stats_cache_freshness", DURATION, "10m"),
        used("max_queriers_per_tenant", INT, "0").within(0, MOST),
        used("max_query_capacity", FLOAT, "0"),
        unused("query_ready_index_num_days", INT, "0"),
        unused("split_metadata_queries_by_interval", DURATION, "1d"),
        unused("split_recent_metadata_queries_by_interval", DURATION, "1h"),
        unused("recent_metadata_query_window", DURATION, "0s"),
        unused("split_instant_metric_queries_by_interval", DURATION, "1h"),
        unused("split_ingester_queries_by_interval", DURATION, "0s"),
        unused("min_sharding_lookback", DURATION, "0s"),
        unused("engine_results_cache_time_bucket_interval", DURATION, "1d"),
        used("max_querier_bytes_read", SIZE, "150GB"));
  }

  private static Section blockedQuery() {
    return Section.of(
        "validation.BlockedQuery",
        used("pattern", TEXT, ""),
        used("regex", BOOL, "false"),
        used("hash", INT, "0").within(0, 0xffff_ffffL),
        used("types", TEXT, ""),
        usedMap("query_tags"));
  }

  private static Section retention() {
    Section stream =
        Section.of(
            "validation.StreamRetention",
            used("selector", TEXT, ""),
            used("priority", INT, "0").within(Integer.MIN_VALUE, MOST),
            used("period", DURATION, "0s"));
    return Section.of(
        "validation.plain",
        used("deletion_mode", TEXT, "filter-and-delete")
            .oneOf("disabled", "filter-only", "filter-and-delete"),
        used("retention_period", DURATION, "0s"),
        blocks("retention_stream", stream));
  }
}
