package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** {@code schema_config}, {@code chunk_store_config} and caches (config-and-clients.md §1.8). */
final class SchemaKeys {
  static final Section SCHEMA = Section.of("config.SchemaConfig", blocks("configs", period()));

  static final Section CACHE =
      Section.of(
          "cache.Config",
          unused("default_validity", GO_DURATION, "1h"),
          block(
              "background",
              Section.of(
                  "cache.BackgroundConfig",
                  unused("writeback_goroutines", INT, "1"),
                  unused("writeback_buffer", INT, "500000"),
                  unused("writeback_size_limit", SIZE, "500MB"))),
          block(
              "memcached",
              Section.of(
                  "cache.MemcachedConfig",
                  unused("expiration", GO_DURATION, "0s"),
                  unused("batch_size", INT, "4"),
                  unused("parallelism", INT, "5"))),
          block("memcached_client", memcachedClient()),
          block("redis", redis()),
          block("embedded_cache", embedded().unused()),
          any("fifocache"),
          any("enable_fifocache"),
          unused("prefix", TEXT, ""));

  /** The one cache of which Skald reads the size. */
  static final Section RESULTS_CACHE =
      Section.of("cache.Config", block("embedded_cache", embedded()))
          .with(without(CACHE, "embedded_cache"));

  static final Section CHUNK_STORE =
      Section.of(
          "config.ChunkStoreConfig",
          block("chunk_cache_config", CACHE),
          block("chunk_cache_config_l2", CACHE),
          block("write_dedupe_cache_config", CACHE),
          unused("skip_query_writeback_cache_older_than", GO_DURATION, "0s"),
          unused("l2_chunk_cache_handoff", GO_DURATION, "0s"),
          unused("cache_lookups_older_than", DURATION, "0s"),
          removed("max_look_back_period", TEXT, "use limits_config.max_query_lookback"));

  private SchemaKeys() {}

  private static Section period() {
    return Section.of(
        "config.PeriodConfig",
        used("from", DAY, "1970-01-01"),
        used("store", TEXT, ""),
        used("object_store", TEXT, ""),
        used("schema", TEXT, ""),
        block("index", index()),
        block("chunks", tables("config.PeriodicTableConfig").unused()),
        unused("row_shards", INT, "16"));
  }

  private static Section index() {
    return Section.of("config.IndexPeriodicTableConfig", unused("path_prefix", TEXT, "index/"))
        .with(tables("config.PeriodicTableConfig"));
  }

  private static Section tables(String goType) {
    return Section.of(
        goType, unused("prefix", TEXT, ""), used("period", DURATION, "0s"), any("tags"));
  }

  private static Section embedded() {
    return Section.of(
        "cache.EmbeddedCacheConfig",
        used("enabled", BOOL, "false"),
        used("max_size_mb", INT, "100").within(0, 1 << 20),
        unused("max_size_items", INT, "0"),
        unused("ttl", GO_DURATION, "1h"));
  }

  private static Section memcachedClient() {
    return Section.of(
            "cache.MemcachedClientConfig",
            unused("host", TEXT, ""),
            unused("service", TEXT, "memcached"),
            unused("addresses", TEXT, ""),
            unused("timeout", GO_DURATION, "100ms"),
            unused("max_idle_conns", INT, "16"),
            unused("max_item_size", INT, "0"),
            unused("update_interval", GO_DURATION, "1m"),
            unused("consistent_hash", BOOL, "true"),
            unused("circuit_breaker_consecutive_failures", INT, "10"),
            unused("circuit_breaker_timeout", GO_DURATION, "10s"),
            unused("circuit_breaker_interval", GO_DURATION, "10s"))
        .with(SharedKeys.TLS_INLINE)
        .open();
  }

  private static Section redis() {
    return Section.of(
        "cache.RedisConfig",
        unused("endpoint", TEXT, ""),
        unused("master_name", TEXT, ""),
        unused("timeout", GO_DURATION, "500ms"),
        unused("expiration", GO_DURATION, "0s"),
        unused("db", INT, "0"),
        unused("pool_size", INT, "0"),
        unused("username", TEXT, ""),
        unused("password", SECRET, ""),
        unused("tls_enabled", BOOL, "false"),
        unused("tls_insecure_skip_verify", BOOL, "false"),
        unused("idle_timeout", GO_DURATION, "0s"),
        unused("max_connection_age", GO_DURATION, "0s"),
        unused("route_randomly", BOOL, "false"));
  }

  private static Section without(Section section, String name) {
    Key[] rest =
        section.keys().stream().filter(key -> !key.name().equals(name)).toArray(Key[]::new);
    return Section.of(section.goType(), rest);
  }
}
