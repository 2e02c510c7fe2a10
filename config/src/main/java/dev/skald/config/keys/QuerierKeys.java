package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/**
 * {@code querier}, {@code query_range}, {@code frontend}, {@code frontend_worker} and {@code
 * query_scheduler} (config-and-clients.md §1.8).
 */
final class QuerierKeys {
  static final Section QUERIER =
      Section.of(
          "querier.Config",
          used("tail_max_duration", GO_DURATION, "1h").positive(),
          unused("extra_query_delay", GO_DURATION, "0s"),
          unused("query_ingesters_within", GO_DURATION, "3h"),
          block("engine", engine()),
          used("max_concurrent", INT, "4").within(1, 65_536),
          used("memory_limit", SIZE, "0").within(0, Long.MAX_VALUE),
          unused("query_store_only", BOOL, "false"),
          unused("query_ingester_only", BOOL, "false"),
          used("multi_tenant_queries_enabled", BOOL, "false"),
          unused("per_request_limits_enabled", BOOL, "false"),
          unused("query_partition_ingesters", BOOL, "false"),
          removed("query_timeout", TEXT, "use limits_config.query_timeout"));

  static final Section QUERY_RANGE =
      Section.of(
          "queryrange.Config",
          used("align_queries_with_step", BOOL, "false"),
          used("cache_results", BOOL, "true"),
          block("results_cache", results(SchemaKeys.RESULTS_CACHE)),
          unused("max_retries", INT, "5"),
          unused("parallelise_shardable_queries", BOOL, "true"),
          used("shard_aggregations", TEXT, ""),
          unused("cache_index_stats_results", BOOL, "true"),
          block("index_stats_results_cache", results(SchemaKeys.CACHE)),
          unused("cache_volume_results", BOOL, "true"),
          block("volume_results_cache", results(SchemaKeys.CACHE)),
          unused("cache_instant_metric_results", BOOL, "false"),
          block("instant_metric_results_cache", results(SchemaKeys.CACHE)),
          unused("instant_metric_query_split_align", BOOL, "false"),
          unused("cache_series_results", BOOL, "true"),
          block("series_results_cache", results(SchemaKeys.CACHE)),
          unused("cache_label_results", BOOL, "true"),
          block("label_results_cache", results(SchemaKeys.CACHE)),
          removed("split_queries_by_interval", TEXT, "use limits_config.split_queries_by_interval"),
          new Key(
              "forward_headers_list",
              new Shape.Any(),
              null,
              Use.REMOVED,
              new Bound.None(),
              "removed in Loki 3"));

  static final Section FRONTEND =
      Section.of(
          "lokifrontend.Config",
          used("log_queries_longer_than", GO_DURATION, "0s"),
          unused("log_query_request_headers", TEXT, ""),
          unused("max_body_size", INT, "10485760"),
          unused("query_stats_enabled", BOOL, "false"),
          used("max_outstanding_per_tenant", INT, "2048").within(1, Integer.MAX_VALUE),
          unused("querier_forget_delay", GO_DURATION, "0s"),
          unused("scheduler_address", TEXT, ""),
          unused("scheduler_dns_lookup_period", GO_DURATION, "10s"),
          unused("scheduler_worker_concurrency", INT, "5"),
          block("grpc_client_config", SharedKeys.GRPC_CLIENT),
          unused("graceful_shutdown_timeout", GO_DURATION, "5m"),
          unusedTexts("instance_interface_names"),
          unused("instance_enable_ipv6", BOOL, "false"),
          unused("address", TEXT, ""),
          unused("port", INT, "0"),
          unused("encoding", TEXT, "json").oneOf("json", "protobuf"),
          used("compress_responses", BOOL, "true"),
          unused("downstream_url", TEXT, ""),
          used("tail_proxy_url", URL, ""),
          block("tail_tls_config", SharedKeys.TLS_INLINE),
          unused("support_parquet_encoding", BOOL, "false"));

  static final Section FRONTEND_WORKER =
      Section.of(
          "worker.Config",
          unused("frontend_address", TEXT, ""),
          unused("scheduler_address", TEXT, ""),
          unused("dns_lookup_duration", GO_DURATION, "3s"),
          unused("id", TEXT, ""),
          block("grpc_client_config", SharedKeys.GRPC_CLIENT),
          block("query_frontend_grpc_client", SharedKeys.GRPC_CLIENT),
          block("query_scheduler_grpc_client", SharedKeys.GRPC_CLIENT),
          removed("parallelism", INT, "use querier.max_concurrent"),
          removed("match_max_concurrent", BOOL, "use querier.max_concurrent"));

  static final Section QUERY_SCHEDULER =
      Section.of(
          "scheduler.Config",
          unused("max_outstanding_requests_per_tenant", INT, "32000"),
          unused("max_queue_hierarchy_levels", INT, "3"),
          unused("querier_forget_delay", GO_DURATION, "0s"),
          unused("use_scheduler_ring", BOOL, "false"),
          block("scheduler_ring", SharedKeys.RING),
          block("grpc_client_config", SharedKeys.GRPC_CLIENT));

  private QuerierKeys() {}

  private static Section engine() {
    return Section.of(
        "logql.EngineOpts",
        used("max_look_back_period", GO_DURATION, "30s").notNegative(),
        unused("max_count_min_sketch_heap_size", INT, "10000"),
        removed("timeout", TEXT, "use limits_config.query_timeout"));
  }

  private static Section results(Section cache) {
    return Section.of(
        "queryrangebase.ResultsCacheConfig",
        block("cache", cache),
        unused("compression", TEXT, "").oneOf("", "snappy"));
  }
}
