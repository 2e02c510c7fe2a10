package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** {@code compactor} (config-and-clients.md §1.8). */
final class CompactorKeys {
  static final Section COMPACTOR =
      Section.of(
          "compactor.Config",
          used("working_directory", TEXT, "/var/loki/compactor"),
          used("compaction_interval", GO_DURATION, "10m").positive(),
          used("apply_retention_interval", GO_DURATION, "0s").notNegative(),
          used("retention_enabled", BOOL, "false"),
          used("retention_delete_delay", GO_DURATION, "2h").notNegative(),
          used("delete_request_cancel_period", GO_DURATION, "24h").notNegative(),
          used("max_compaction_parallelism", INT, "1").within(1, 1024),
          used("retention_max_bytes", SIZE, "0"),
          used("retention_max_percent", FLOAT, "0"),
          used("merge_cpu", FLOAT, "0.5"),
          used("merge_bytes_per_second", SIZE, "64MB"),
          used("merge_max_bytes", SIZE, "256MB").atLeast(1 << 20),
          used("merge_zstd_level", INT, "6").within(1, 19),
          used("cold_zstd_level", INT, "12").within(1, 19),
          used("cold_after", GO_DURATION, "6h").notNegative(),
          unused("delete_request_store", TEXT, ""),
          unused("delete_request_store_key_prefix", TEXT, "index/"),
          unused("delete_request_store_db_type", TEXT, "boltdb").oneOf("boltdb", "sqlite"),
          unused("backup_delete_request_store_db_type", TEXT, ""),
          unused("retention_delete_worker_count", INT, "150"),
          unused("retention_table_timeout", GO_DURATION, "0s"),
          block("retention_backoff_config", SharedKeys.BACKOFF),
          unused("delete_batch_size", INT, "70"),
          unused("delete_max_interval", GO_DURATION, "24h"),
          unused("upload_parallelism", INT, "10"),
          block("compactor_ring", SharedKeys.RING),
          unused("tables_to_compact", INT, "0"),
          unused("skip_latest_n_tables", INT, "0"),
          unused("horizontal_scaling_mode", TEXT, "disabled"),
          block(
              "worker_config",
              Section.of("compactor.WorkerConfig", unused("num_sub_workers", INT, "4")).open()),
          any("jobs_config"),
          unused("deletion_marker_object_store_prefix", TEXT, ""),
          removed("shared_store", TEXT, "the period's object_store says it"),
          removed("shared_store_key_prefix", TEXT, "removed in Loki 3"),
          removed("deletion_mode", TEXT, "use limits_config.deletion_mode"));

  private CompactorKeys() {}
}
