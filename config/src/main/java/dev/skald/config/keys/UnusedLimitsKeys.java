package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** Old names, and limits of parts of Loki that Skald does not have (config-and-clients.md §1.7). */
final class UnusedLimitsKeys {
  static final Section UNUSED =
      Section.of(
              "validation.plain",
              unused("simulated_push_latency", GO_DURATION, "0s"),
              unused("use_owned_stream_count", BOOL, "false"),
              any("discover_generic_fields"),
              used("per_tenant_override_config", TEXT, ""), // the old runtime_config.file
              used("per_tenant_override_period", DURATION, "10s").positive(),
              unused("allow_deletes", BOOL, "false"),
              block("shard_streams", shardStreams()),
              any("block_ingestion_policy_until"),
              any("policy_enforced_labels"),
              any("policy_stream_mapping"),
              any("policy_override_limits"),
              unused("ingestion_partitions_tenant_shard_size", INT, "0"),
              used(
                  "pattern_ingester_tokenizable_json_fields_default",
                  TEXT,
                  "log,message,msg,msg_,_msg,content"),
              used("pattern_ingester_tokenizable_json_fields_append", TEXT, ""),
              used("pattern_ingester_tokenizable_json_fields_delete", TEXT, ""),
              unused("metric_aggregation_enabled", BOOL, "false"),
              unused("pattern_persistence_enabled", BOOL, "false"),
              unused("pattern_persistence_granularity", DURATION, "0s"),
              unused("pattern_rate_threshold", FLOAT, "1"),
              unused("s3_sse_type", TEXT, ""),
              unused("s3_sse_kms_key_id", TEXT, ""),
              unused("s3_sse_kms_encryption_context", TEXT, ""),
              unused("max_scan_task_parallelism", INT, "0"),
              unused("debug_engine_tasks", BOOL, "false"),
              unused("debug_engine_streams", BOOL, "false"))
          .with(blooms());

  private UnusedLimitsKeys() {}

  private static Section shardStreams() {
    return Section.of(
        "shardstreams.Config",
        unused("enabled", BOOL, "true"),
        unused("time_sharding_enabled", BOOL, "false"),
        unused("time_sharding_ignore_recent", GO_DURATION, "40m"),
        unused("logging_enabled", BOOL, "false"),
        unused("desired_rate", SIZE, "1536KB"));
  }

  private static Section blooms() {
    return Section.of(
        "validation.plain",
        unused("index_gateway_shard_size", INT, "0"),
        unused("index_gateway_max_capacity", FLOAT, "1"),
        unused("bloom_gateway_enable_filtering", BOOL, "false"),
        unused("bloom_creation_enabled", BOOL, "false"),
        unused("bloom_build_max_builders", INT, "0"),
        unused("bloom_build_task_max_retries", INT, "3"),
        unused("bloom_build_builder_response_timeout", GO_DURATION, "0s"),
        unused("bloom_planning_strategy", TEXT, "split_keyspace_by_factor"),
        unused("bloom_split_series_keyspace_by", INT, "256"),
        unused("bloom_task_target_series_chunk_size", SIZE, "20GB"),
        unused("bloom_block_encoding", TEXT, "none"),
        unused("bloom_prefetch_blocks", BOOL, "false"),
        unused("bloom_max_block_size", SIZE, "200MB"),
        unused("bloom_max_bloom_size", SIZE, "128MB"));
  }
}
