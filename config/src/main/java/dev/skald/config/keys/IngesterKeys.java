package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** {@code ingester} with its WAL (config-and-clients.md §1.8), and Skald's own keys there. */
final class IngesterKeys {
  private static final String[] ENCODINGS = {
    "none", "gzip", "lz4-64k", "lz4-256k", "lz4-1M", "lz4", "snappy", "flate", "zstd"
  };

  static final Section INGESTER =
      Section.of(
              "ingester.Config",
              block("lifecycler", SharedKeys.LIFECYCLER),
              used("chunk_idle_period", GO_DURATION, "30m").positive(),
              unused("chunk_retain_period", GO_DURATION, "0s"),
              unused("chunk_target_size", INT, "1572864"),
              unused("chunk_block_size", INT, "262144"),
              unused("chunk_encoding", TEXT, "gzip").oneOf(ENCODINGS),
              used("max_chunk_age", GO_DURATION, "2h").positive(),
              used("flush_check_period", GO_DURATION, "30s").positive(),
              used("max_returned_stream_errors", INT, "10").within(0, Integer.MAX_VALUE),
              block("wal", wal()),
              unused("concurrent_flushes", INT, "32"),
              unused("flush_op_timeout", GO_DURATION, "10m"),
              block("flush_op_backoff", flushBackoff()),
              unused("sync_period", GO_DURATION, "1h"),
              unused("sync_min_utilization", FLOAT, "0.1"),
              unused("query_store_max_look_back_period", GO_DURATION, "0s"),
              unused("autoforget_unhealthy", BOOL, "false"),
              unused("index_shards", INT, "32"),
              unused("max_dropped_streams", INT, "10"),
              unused("shutdown_marker_path", TEXT, ""),
              unused("owned_streams_check_interval", GO_DURATION, "30s"),
              unused("delegate_stream_limits_enabled", BOOL, "false"),
              any("kafka_ingestion"),
              removed("max_transfer_retries", INT, "Loki 3 has no hand-over of chunks"))
          .with(own());

  private IngesterKeys() {}

  private static Section own() {
    return Section.of(
        "ingester.Config",
        used("shards", INT, "0").within(0, 1024),
        used("seal_bytes", SIZE, "32MB").atLeast(1 << 20),
        used("memory_limit", SIZE, "0").within(0, Long.MAX_VALUE),
        used("seal_after", GO_DURATION, "30m").positive());
  }

  private static Section wal() {
    return Section.of(
        "ingester.WALConfig",
        used("enabled", BOOL, "true"),
        used("dir", TEXT, "wal"),
        unused("checkpoint_duration", GO_DURATION, "5m"),
        used("flush_on_shutdown", BOOL, "false"),
        used("replay_memory_ceiling", SIZE, "4GB"),
        used("disk_full_threshold", FLOAT, "0.9").within(0, 1),
        used("sync", TEXT, "batch").oneOf("batch", "always", "never"),
        used("batch_delay", GO_DURATION, "2ms").notNegative());
  }

  private static Section flushBackoff() {
    return Section.of(
        "backoff.Config",
        unused("min_period", GO_DURATION, "10s"),
        unused("max_period", GO_DURATION, "1m"),
        unused("max_retries", INT, "10"));
  }
}
