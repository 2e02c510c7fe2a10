package dev.skald.config;

/**
 * Everything the process can be told, a record for each part. Immutable; every value is a valid
 * one.
 *
 * @param target whether the process takes pushes, or only answers queries
 * @param authEnabled whether the tenant comes from {@code X-Scope-OrgID}; else it is always {@code
 *     fake}
 * @param limits of tenants without an entry in the runtime file
 */
public record SkaldConfig(
    Target target,
    boolean authEnabled,
    ServerConfig server,
    DistributorConfig distributor,
    IngesterConfig ingester,
    StorageConfig storage,
    QuerierConfig querier,
    CompactorConfig compactor,
    RulerConfig ruler,
    RuntimeConfig runtime,
    PatternConfig patterns,
    Limits limits) {
  /** What a process is there for. */
  public enum Target {
    /** Everything; one such process writes a store. */
    ALL,
    /** Queries of a store that another process writes. */
    READ
  }

  public SkaldConfig {
    Check.present(target, "target");
    Check.present(server, "server");
    Check.present(distributor, "distributor");
    Check.present(ingester, "ingester");
    Check.present(storage, "storage_config");
    Check.present(querier, "querier");
    Check.present(compactor, "compactor");
    Check.present(ruler, "ruler");
    Check.present(runtime, "runtime_config");
    Check.present(patterns, "pattern_ingester");
    Check.present(limits, "limits_config");
    if (storage.kind() == StorageConfig.Kind.S3 && compactor.space().maxPercent() > 0) {
      throw new IllegalArgumentException(
          "compactor.retention_max_percent: a bucket is never full; use retention_max_bytes");
    }
  }

  /** What an empty file gives, save that one tenant needs no header and has no rate limit. */
  public static SkaldConfig defaults() {
    return new SkaldConfig(
        Target.ALL,
        false,
        ServerConfig.defaults(),
        DistributorConfig.defaults(),
        IngesterConfig.defaults(),
        StorageConfig.defaults(),
        QuerierConfig.defaults(),
        CompactorConfig.defaults(),
        RulerConfig.defaults(),
        RuntimeConfig.defaults(),
        PatternConfig.defaults(),
        Limits.defaults());
  }
}
