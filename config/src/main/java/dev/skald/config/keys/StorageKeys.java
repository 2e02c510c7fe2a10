package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** {@code storage_config}: what object stores there are (config-and-clients.md §1.8). */
final class StorageKeys {
  static final Section FILESYSTEM = Section.of("local.FSConfig", used("directory", TEXT, ""));

  static final Section AZURE =
      Section.of(
              "azure.BlobStorageConfig",
              unused("account_name", TEXT, ""),
              unused("account_key", SECRET, ""),
              unused("connection_string", SECRET, ""),
              unused("container_name", TEXT, "loki"),
              unused("client_secret", SECRET, ""))
          .open();

  static final Section GCS =
      Section.of(
              "gcp.GCSConfig",
              unused("bucket_name", TEXT, ""),
              unused("service_account", SECRET, ""),
              unused("endpoint", TEXT, ""),
              unused("chunk_buffer_size", INT, "0"),
              unused("request_timeout", GO_DURATION, "0s"),
              unused("enable_opencensus", BOOL, "true"),
              unused("enable_http2", BOOL, "true"),
              unused("enable_retries", BOOL, "true"))
          .open();

  static final Section SWIFT =
      Section.of("openstack.SwiftConfig", unused("password", SECRET, "")).open();
  static final Section BOS =
      Section.of(
              "baidubce.BOSStorageConfig",
              unused("bucket_name", TEXT, ""),
              unused("endpoint", TEXT, "bj.bcebos.com"),
              unused("access_key_id", TEXT, ""),
              unused("secret_access_key", SECRET, ""))
          .open();
  static final Section COS =
      Section.of(
              "ibmcloud.COSConfig",
              unused("bucketnames", TEXT, ""),
              unused("endpoint", TEXT, ""),
              unused("region", TEXT, ""),
              unused("access_key_id", TEXT, ""),
              unused("secret_access_key", SECRET, ""),
              unused("api_key", SECRET, ""))
          .open();
  static final Section ALIBABA =
      Section.of(
              "alibaba.OssConfig",
              unused("bucket", TEXT, ""),
              unused("endpoint", TEXT, ""),
              unused("access_key_id", TEXT, ""),
              unused("secret_access_key", SECRET, ""))
          .open();

  static final Section HEDGING =
      Section.of(
          "hedging.Config",
          unused("at", GO_DURATION, "0s"),
          unused("up_to", INT, "2"),
          unused("max_per_second", INT, "5"));

  static final Section STORAGE =
      Section.of(
          "storage.Config",
          block("filesystem", FILESYSTEM),
          block("aws", S3Keys.S3.with(Section.of("aws.StorageConfig", any("dynamodb")))),
          block("gcs", GCS),
          block("azure", AZURE),
          block("swift", SWIFT),
          block("bos", BOS),
          block("cos", COS),
          block("alibabacloud", ALIBABA),
          block("named_stores", namedStores()),
          used("use_thanos_objstore", BOOL, "false"),
          block("object_store", ThanosKeys.OBJECT_STORE),
          used("zstd_level", INT, "6").within(1, 19),
          used("reader_cache_bytes", SIZE, "64MB"),
          used("page_cache_bytes", SIZE, "1GB"),
          block("tsdb_shipper", shipper("tsdb.IndexCfg")),
          block("boltdb_shipper", boltdbShipper()),
          block("bloom_shipper", bloomShipper()),
          block("hedging", HEDGING),
          any("congestion_control"),
          used("object_prefix", TEXT, ""),
          unused("index_cache_validity", GO_DURATION, "5m"),
          block("index_queries_cache_config", SchemaKeys.CACHE),
          unused("disable_broad_index_queries", BOOL, "false"),
          unused("max_parallel_get_chunk", INT, "150"),
          unused("max_chunk_batch_size", INT, "50"),
          any("grpc_store"),
          any("boltdb"),
          any("bigtable"),
          any("cassandra"));

  private StorageKeys() {}

  private static Section namedStores() {
    return Section.of(
        "storage.NamedStores",
        named("aws", S3Keys.S3),
        named("filesystem", FILESYSTEM),
        named("azure", AZURE),
        named("bos", BOS),
        named("gcs", GCS),
        named("alibabacloud", ALIBABA),
        named("swift", SWIFT),
        named("cos", COS));
  }

  private static Section shipper(String goType) {
    return Section.of(
        goType,
        unused("active_index_directory", TEXT, ""),
        unused("cache_location", TEXT, ""),
        unused("cache_ttl", GO_DURATION, "24h"),
        unused("resync_interval", GO_DURATION, "5m"),
        unused("query_ready_num_days", INT, "0"),
        block("index_gateway_client", indexGatewayClient()),
        unused("ingestername", TEXT, ""),
        unused("mode", TEXT, ""),
        unused("ingesterdbretainperiod", GO_DURATION, "0s"),
        removed("shared_store", TEXT, "the period's object_store says it"),
        removed("shared_store_key_prefix", TEXT, "removed in Loki 3"),
        removed("use_boltdb_shipper_as_backup", BOOL, "removed in Loki 3"));
  }

  private static Section boltdbShipper() {
    return shipper("boltdb.IndexCfg")
        .with(Section.of("boltdb.IndexCfg", unused("build_per_tenant_index", BOOL, "false")));
  }

  private static Section indexGatewayClient() {
    return Section.of(
        "indexgateway.ClientConfig",
        unused("server_address", TEXT, ""),
        unused("log_gateway_requests", BOOL, "false"),
        block("grpc_client_config", SharedKeys.GRPC_CLIENT));
  }

  private static Section bloomShipper() {
    return Section.of(
        "config.Config",
        unused("working_directory", TEXT, "/data/blooms"),
        unused("max_query_page_size", TEXT, "64MiB"),
        unused("download_parallelism", INT, "8"),
        block(
            "blocks_cache",
            Section.of(
                "config.BlocksCacheConfig",
                unused("soft_limit", TEXT, "32GiB"),
                unused("hard_limit", TEXT, "64GiB"),
                unused("ttl", GO_DURATION, "24h"))),
        block("metas_cache", SchemaKeys.CACHE),
        any("metas_lru_cache"));
  }
}
