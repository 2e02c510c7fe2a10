package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** The top level of the file (config-and-clients.md §1.3), and that of the runtime file (§1.9). */
public final class RootKeys {
  /** {@code limits_config}, which a tenant's entry in the runtime file has too. */
  public static final Section LIMITS = LimitsKeys.LIMITS;

  /** The file that {@code -config.file} names. */
  public static final Section ROOT =
      Section.of(
          "loki.ConfigWrapper",
          used("target", TEXT, "all"),
          used("auth_enabled", BOOL, "true"),
          block("auth", AuthKeys.AUTH),
          unused("ballast_bytes", INT, "0"),
          used("http_prefix", TEXT, ""),
          used("shutdown_delay", GO_DURATION, "0s").notNegative(),
          unused("metrics_namespace", TEXT, "loki"),
          block("server", ServerKeys.SERVER),
          any("internal_server"),
          any("ui"),
          block("distributor", DistributorKeys.DISTRIBUTOR),
          block("querier", QuerierKeys.QUERIER),
          any("query_engine"),
          block("query_scheduler", QuerierKeys.QUERY_SCHEDULER),
          block("frontend", QuerierKeys.FRONTEND),
          block("frontend_worker", QuerierKeys.FRONTEND_WORKER),
          block("query_range", QuerierKeys.QUERY_RANGE),
          block("ruler", RulerKeys.RULER),
          block("ruler_storage", ThanosKeys.RULER_STORAGE),
          block("ingester_client", DistributorKeys.INGESTER_CLIENT),
          block("ingester", IngesterKeys.INGESTER),
          block("pattern_ingester", OtherKeys.PATTERN_INGESTER),
          block("index_gateway", OtherKeys.INDEX_GATEWAY),
          any("bloom_build"),
          any("bloom_gateway"),
          block("storage_config", StorageKeys.STORAGE),
          block("chunk_store_config", SchemaKeys.CHUNK_STORE),
          block("schema_config", SchemaKeys.SCHEMA),
          block("compactor", CompactorKeys.COMPACTOR),
          any("compactor_client"),
          block("compactor_grpc_client", SharedKeys.GRPC_CLIENT),
          block("limits_config", LIMITS),
          block("table_manager", OtherKeys.TABLE_MANAGER),
          block("memberlist", OtherKeys.MEMBERLIST),
          any("kafka_config"),
          any("dataobj"),
          any("ingest_limits"),
          any("ingest_limits_frontend"),
          any("ingest_limits_frontend_client"),
          any("block_builder"),
          block("runtime_config", runtimeConfig()),
          block("operational_config", OtherKeys.OPERATIONAL),
          block("tracing", OtherKeys.TRACING),
          block("analytics", OtherKeys.ANALYTICS),
          block("profiling", OtherKeys.PROFILING),
          block("common", CommonKeys.COMMON),
          any("legacy_read_target"),
          usedTexts("tenant_limits_allow_publish", LimitsKeys.PUBLISHED));

  /** The file that {@code runtime_config.file} names. */
  public static final Section RUNTIME =
      Section.of(
          "loki.runtimeConfigValues",
          named("overrides", LIMITS),
          named("configs", OtherKeys.OPERATIONAL),
          block(
              "multi_kv_config",
              Section.of(
                  "kv.MultiRuntimeConfig",
                  unused("primary", TEXT, ""),
                  unused("mirror_enabled", BOOL, "false"))));

  private RootKeys() {}

  private static Section runtimeConfig() {
    return Section.of(
        "runtimeconfig.Config",
        used("file", TEXT, ""),
        used("period", GO_DURATION, "10s").positive());
  }
}
