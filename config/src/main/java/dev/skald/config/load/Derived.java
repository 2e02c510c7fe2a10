package dev.skald.config.load;

import java.util.List;

/**
 * Gives keys that nobody set the values that {@code common} implies (config-and-clients.md §1.5).
 */
final class Derived {
  private Derived() {}

  static void apply(Settings root) {
    Settings common = root.block("common");
    String prefix = withoutSlash(common.text("path_prefix"));
    if (common.isSet("path_prefix") && !common.text("path_prefix").isEmpty()) {
      fromPathPrefix(root, prefix);
    }
    fromFilesystem(root, common.block("storage").block("filesystem"));
    if (common.block("storage").isChanged("s3")) {
      fromS3(root, common.block("storage").block("s3"));
    }
    fromObjectStore(root, common.block("storage").block("object_store"));
    afterAll(root, prefix);
    fromOldNames(root.block("limits_config"), root.blockToFill("runtime_config", 0));
    fromQueryRange(root);
    if (!root.flag("auth_enabled")) {
      withoutRates(root.blockToFill("limits_config", 0));
    }
  }

  private static void fromPathPrefix(Settings root, String prefix) {
    root.blockToFill("ruler", 0).derive("rule_path", prefix + "/rules-temp");
    root.blockToFill("compactor", 0).derive("working_directory", prefix + "/compactor");
    Settings ingester = root.blockToFill("ingester", 0);
    ingester.derive("shutdown_marker_path", prefix);
    ingester.blockToFill("wal", 0).derive("dir", prefix + "/wal");
    Settings storage = root.blockToFill("storage_config", 0);
    for (String kind : List.of("tsdb", "boltdb")) {
      Settings shipper = storage.blockToFill(kind + "_shipper", 0);
      String own = prefix + "/" + (kind.equals("tsdb") ? "tsdb-shipper" : "boltdb-shipper");
      shipper.derive("active_index_directory", own + "-active");
      shipper.derive("cache_location", own + "-cache");
    }
    storage.blockToFill("bloom_shipper", 0).derive("working_directory", prefix + "/blooms");
  }

  private static void fromFilesystem(Settings root, Settings filesystem) {
    if (!filesystem.text("chunks_directory").isEmpty()) {
      root.blockToFill("storage_config", 0)
          .blockToFill("filesystem", 0)
          .derive("directory", filesystem.text("chunks_directory"));
    }
    if (!filesystem.text("rules_directory").isEmpty()) {
      Settings rules = root.blockToFill("ruler", 0).blockToFill("storage", 0);
      rules.derive("type", "local");
      if (rules.text("type").equals("local")) {
        rules.blockToFill("local", 0).derive("directory", filesystem.text("rules_directory"));
      }
    }
  }

  private static void fromS3(Settings root, Settings s3) {
    if (!root.block("storage_config").isChanged("aws")) {
      root.blockToFill("storage_config", 0).blockToFill("aws", 0).copyFrom(s3);
    }
    Settings rules = root.blockToFill("ruler", 0).blockToFill("storage", 0);
    rules.derive("type", "s3");
    if (rules.text("type").equals("s3") && !rules.isChanged("s3")) {
      rules.blockToFill("s3", 0).copyFrom(s3);
    }
  }

  private static void fromObjectStore(Settings root, Settings objectStore) {
    Settings storage = root.block("storage_config");
    if (storage.flag("use_thanos_objstore") && !storage.isChanged("object_store")) {
      root.blockToFill("storage_config", 0).blockToFill("object_store", 0).copyFrom(objectStore);
    }
  }

  /** Directories that Skald needs, where Loki has none or one that only root may make. */
  private static void afterAll(Settings root, String prefix) {
    if (prefix.isEmpty()) {
      root.blockToFill("compactor", 0).derive("working_directory", "data/compactor");
    }
    Settings filesystem = root.blockToFill("storage_config", 0).blockToFill("filesystem", 0);
    if (filesystem.text("directory").isEmpty()) {
      filesystem.put("directory", (prefix.isEmpty() ? "data" : prefix) + "/chunks", 0);
    }
  }

  private static void fromOldNames(Settings limits, Settings runtime) {
    if (limits.isChanged("per_tenant_override_config")) {
      runtime.derive("file", limits.text("per_tenant_override_config"));
      runtime.derive("period", limits.duration("per_tenant_override_period"));
    }
  }

  /** What is listed for all queries holds for each tenant that has no list of its own. */
  private static void fromQueryRange(Settings root) {
    List<String> sharded = root.block("query_range").csv("shard_aggregations");
    if (!sharded.isEmpty()) {
      root.blockToFill("limits_config", 0).derive("shard_aggregations", sharded);
    }
  }

  /** One tenant has nobody to be protected from; it has the rate limits that somebody asks for. */
  private static void withoutRates(Settings limits) {
    if (!limits.isSet("ingestion_rate_mb") && !limits.isSet("ingestion_burst_size_mb")) {
      limits.derive("ingestion_rate_mb", 0.0);
      limits.derive("ingestion_burst_size_mb", 0.0);
    }
    if (!limits.isSet("per_stream_rate_limit") && !limits.isSet("per_stream_rate_limit_burst")) {
      limits.derive("per_stream_rate_limit", 0L);
      limits.derive("per_stream_rate_limit_burst", 0L);
    }
  }

  private static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
