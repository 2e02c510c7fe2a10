package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

import dev.skald.config.DistributorConfig;

/** {@code distributor} and {@code ingester_client} (config-and-clients.md §1.8). */
final class DistributorKeys {
  static final Section DISTRIBUTOR =
      Section.of(
          "distributor.Config",
          block("ring", SharedKeys.RING),
          unused("push_worker_count", INT, "256"),
          used("max_recv_msg_size", INT, "104857600").within(1, Integer.MAX_VALUE - 64),
          used("max_decompressed_size", INT, "5242880000").positive(),
          block("rate_store", rateStore()),
          block(
              "write_failures_logging",
              Section.of(
                  "writefailures.Cfg",
                  unused("rate", SIZE, "1KB"),
                  unused("add_insights_label", BOOL, "false"))),
          block("otlp_config", otlp()),
          any("default_policy_stream_mappings"),
          unused("kafka_writes_enabled", BOOL, "false"),
          unused("ingester_writes_enabled", BOOL, "true"),
          unused("ingest_limits_enabled", BOOL, "false"),
          unused("ingest_limits_dry_run_enabled", BOOL, "false"),
          any("dataobj_tee"));

  static final Section INGESTER_CLIENT =
      Section.of(
          "client.Config",
          block(
              "pool_config",
              Section.of(
                  "clientpool.PoolConfig",
                  unused("client_cleanup_period", GO_DURATION, "15s"),
                  unused("health_check_ingesters", BOOL, "true"),
                  unused("remote_timeout", GO_DURATION, "1s"))),
          unused("remote_timeout", GO_DURATION, "5s"),
          block("grpc_client_config", SharedKeys.GRPC_CLIENT));

  private DistributorKeys() {}

  private static Section rateStore() {
    return Section.of(
        "distributor.RateStoreConfig",
        unused("max_request_parallelism", INT, "200"),
        unused("stream_rate_update_interval", GO_DURATION, "1s"),
        unused("ingester_request_timeout", GO_DURATION, "500ms"),
        unused("debug", BOOL, "false"));
  }

  private static Section otlp() {
    return Section.of(
        "push.GlobalOTLPConfig",
        usedTexts(
            "default_resource_attributes_as_index_labels",
            DistributorConfig.defaults().otlpIndexLabels()));
  }
}
