package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** Sections of Loki's cluster and of its telemetry (config-and-clients.md §1.8). */
final class OtherKeys {
  static final Section MEMBERLIST =
      Section.of(
              "memberlist.KVConfig",
              unusedTexts("join_members"),
              unusedTexts("bind_addr"),
              unused("bind_port", INT, "7946"),
              unused("advertise_addr", TEXT, ""),
              unused("advertise_port", INT, "7946"),
              unused("node_name", TEXT, ""),
              unused("randomize_node_name", BOOL, "true"),
              unused("cluster_label", TEXT, ""),
              unused("cluster_label_verification_disabled", BOOL, "false"),
              unused("abort_if_cluster_join_fails", BOOL, "false"),
              unused("abort_if_cluster_fast_join_fails", BOOL, "false"),
              unused("min_join_backoff", GO_DURATION, "1s"),
              unused("max_join_backoff", GO_DURATION, "1m"),
              unused("max_join_retries", INT, "10"),
              unused("rejoin_interval", GO_DURATION, "0s"),
              unused("left_ingesters_timeout", GO_DURATION, "5m"),
              unused("dead_node_reclaim_time", GO_DURATION, "0s"),
              unused("gossip_to_dead_nodes_time", GO_DURATION, "30s"),
              unused("gossip_interval", GO_DURATION, "200ms"),
              unused("gossip_nodes", INT, "3"),
              unused("pull_push_interval", GO_DURATION, "30s"),
              unused("stream_timeout", GO_DURATION, "2s"),
              unused("retransmit_factor", INT, "4"),
              unused("leave_timeout", GO_DURATION, "20s"),
              unused("message_history_buffer_bytes", INT, "0"),
              unused("compression_enabled", BOOL, "true"),
              unused("packet_dial_timeout", GO_DURATION, "2s"),
              unused("packet_write_timeout", GO_DURATION, "5s"),
              any("zone_aware_routing"))
          .with(SharedKeys.TLS_INLINE)
          .open();

  static final Section INDEX_GATEWAY =
      Section.of(
          "indexgateway.Config",
          unused("mode", TEXT, "simple").oneOf("simple", "ring"),
          block("ring", SharedKeys.RING));

  static final Section TABLE_MANAGER =
      Section.of(
          "index.TableManagerConfig",
          unused("retention_deletes_enabled", BOOL, "false"),
          unused("retention_period", DURATION, "0s"),
          unused("poll_interval", GO_DURATION, "2m"),
          unused("creation_grace_period", GO_DURATION, "10m"),
          unused("throughput_updates_disabled", BOOL, "false"),
          any("index_tables_provisioning"),
          any("chunk_tables_provisioning"));

  static final Section PATTERN_INGESTER =
      Section.of(
          "pattern.Config",
          used("enabled", BOOL, "false"),
          block("lifecycler", SharedKeys.LIFECYCLER.unused()),
          any("client_config"),
          unused("concurrent_flushes", INT, "32"),
          unused("flush_check_period", GO_DURATION, "1m"),
          used("max_clusters", INT, "300").within(1, 1 << 20),
          unused("max_eviction_ratio", FLOAT, "0.25"),
          any("metric_aggregation"),
          any("pattern_persistence"),
          any("tee_config"),
          unused("connection_timeout", GO_DURATION, "2s"),
          used("max_allowed_line_length", INT, "3000").within(0, Integer.MAX_VALUE),
          used("retain_for", GO_DURATION, "3h").positive(),
          unused("max_chunk_age", GO_DURATION, "1h"),
          used("pattern_sample_interval", GO_DURATION, "10s").positive(),
          unused("volume_threshold", FLOAT, "0.99"));

  static final Section ANALYTICS =
      Section.of(
          "analytics.Config",
          unused("reporting_enabled", BOOL, "true"),
          unused("usage_stats_url", TEXT, "https://stats.grafana.org/loki-usage-report"),
          unused("proxy_url", TEXT, ""),
          block("tls_config", SharedKeys.TLS_INLINE));

  static final Section TRACING = Section.of("tracing.Config", unused("enabled", BOOL, "true"));

  static final Section PROFILING =
      Section.of(
          "loki.ProfilingConfig",
          unused("block_profile_rate", INT, "0"),
          unused("cpu_profile_rate", INT, "0"),
          unused("mutex_profile_fraction", INT, "0"));

  static final Section OPERATIONAL =
      Section.of(
          "runtime.Config",
          unused("log_stream_creation", BOOL, "false"),
          unused("log_push_request", BOOL, "false"),
          unused("log_hash_of_labels", BOOL, "false"),
          unused("log_push_request_streams", BOOL, "false"),
          unusedTexts("filter_push_request_streams_ips"),
          unused("log_service_name_discovery", BOOL, "false"),
          unused("log_duplicate_metrics", BOOL, "false"),
          unused("log_duplicate_stream_info", BOOL, "false"),
          unused("limited_log_push_errors", BOOL, "true"));

  private OtherKeys() {}
}
