package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** {@code common} (config-and-clients.md §1.4); other sections take over what it says. */
final class CommonKeys {
  static final Section COMMON =
      Section.of(
          "common.Config",
          used("path_prefix", TEXT, ""),
          block("storage", storage()),
          unused("replication_factor", INT, "3"),
          unused("persist_tokens", BOOL, "false"),
          unused("instance_addr", TEXT, ""),
          unusedTexts("instance_interface_names"),
          unused("instance_enable_ipv6", BOOL, "false"),
          block("ring", SharedKeys.RING),
          unused("compactor_address", TEXT, ""),
          unused("compactor_grpc_address", TEXT, ""),
          unused("scratch_path", TEXT, ""));

  private CommonKeys() {}

  private static Section storage() {
    return Section.of(
        "common.Storage",
        block("filesystem", filesystem()),
        block("s3", S3Keys.S3),
        block("gcs", StorageKeys.GCS),
        block("azure", StorageKeys.AZURE),
        block("swift", StorageKeys.SWIFT),
        block("bos", StorageKeys.BOS),
        block("cos", StorageKeys.COS),
        block("alibabacloud", StorageKeys.ALIBABA),
        block("hedging", StorageKeys.HEDGING),
        any("congestion_control"),
        block("object_store", ThanosKeys.OBJECT_STORE));
  }

  private static Section filesystem() {
    return Section.of(
        "common.FilesystemConfig",
        used("chunks_directory", TEXT, ""),
        used("rules_directory", TEXT, ""),
        quiet("admin_api_directory", TEXT));
  }
}
