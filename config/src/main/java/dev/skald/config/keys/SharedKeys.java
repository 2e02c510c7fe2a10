package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** Blocks that stand in many sections: rings, gRPC clients, TLS. Skald uses none of them. */
final class SharedKeys {
  static final Section BACKOFF =
      Section.of(
          "backoff.Config",
          unused("min_period", GO_DURATION, "100ms"),
          unused("max_period", GO_DURATION, "10s"),
          unused("max_retries", INT, "10"));

  /** The keys of a TLS client as they stand inlined in other blocks. */
  static final Section TLS_INLINE =
      Section.of(
          "tls.ClientConfig",
          unused("tls_enabled", BOOL, "false"),
          unused("tls_cert_path", TEXT, ""),
          unused("tls_key_path", TEXT, ""),
          unused("tls_ca_path", TEXT, ""),
          unused("tls_server_name", TEXT, ""),
          unused("tls_insecure_skip_verify", BOOL, "false"),
          unused("tls_cipher_suites", TEXT, ""),
          unused("tls_min_version", TEXT, ""));

  static final Section KVSTORE =
      Section.of(
              "kv.Config",
              unused("store", TEXT, "consul")
                  .oneOf("inmemory", "memberlist", "consul", "etcd", "multi"),
              unused("prefix", TEXT, "collectors/"),
              block("consul", consul()),
              block("etcd", etcd()),
              block("multi", multi()))
          .unused();

  static final Section RING =
      Section.of(
          "ring.Config",
          block("kvstore", KVSTORE),
          unused("heartbeat_period", GO_DURATION, "15s"),
          unused("heartbeat_timeout", GO_DURATION, "1m"),
          unused("tokens_file_path", TEXT, ""),
          unused("zone_awareness_enabled", BOOL, "false"),
          unused("excluded_zones", TEXT, ""),
          unused("num_tokens", INT, "128"),
          unused("replication_factor", INT, "3"),
          unused("instance_id", TEXT, ""),
          unusedTexts("instance_interface_names"),
          unused("instance_port", INT, "0"),
          unused("instance_addr", TEXT, ""),
          unused("instance_availability_zone", TEXT, ""),
          unused("instance_enable_ipv6", BOOL, "false"));

  static final Section GRPC_CLIENT =
      Section.of(
              "grpcclient.Config",
              unused("max_recv_msg_size", INT, "104857600"),
              unused("max_send_msg_size", INT, "104857600"),
              unused("grpc_compression", TEXT, ""),
              unused("rate_limit", FLOAT, "0"),
              unused("rate_limit_burst", INT, "0"),
              unused("backoff_on_ratelimits", BOOL, "false"),
              block("backoff_config", BACKOFF),
              unused("initial_stream_window_size", TEXT, "63KiB1023B"),
              unused("initial_connection_window_size", TEXT, "63KiB1023B"),
              unused("connect_timeout", GO_DURATION, "5s"),
              unused("connect_backoff_base_delay", GO_DURATION, "1s"),
              unused("connect_backoff_max_delay", GO_DURATION, "5s"),
              block(
                  "cluster_validation",
                  Section.of("clusterutil.ClusterValidationConfig", unused("label", TEXT, ""))))
          .with(TLS_INLINE);

  /** {@code lifecycler} of the ingesters; only the readiness delay acts. */
  static final Section LIFECYCLER =
      Section.of(
          "ring.LifecyclerConfig",
          block("ring", RING),
          unused("num_tokens", INT, "128"),
          unused("heartbeat_period", GO_DURATION, "5s"),
          unused("heartbeat_timeout", GO_DURATION, "1m"),
          unused("observe_period", GO_DURATION, "0s"),
          unused("join_after", GO_DURATION, "0s"),
          used("min_ready_duration", GO_DURATION, "15s").notNegative(),
          unusedTexts("interface_names"),
          unused("enable_inet6", BOOL, "false"),
          unused("final_sleep", GO_DURATION, "0s"),
          unused("tokens_file_path", TEXT, ""),
          unused("availability_zone", TEXT, ""),
          unused("unregister_on_shutdown", BOOL, "true"),
          unused("readiness_check_ring_health", BOOL, "true"),
          unused("address", TEXT, ""),
          unused("port", INT, "0"),
          unused("id", TEXT, ""));

  private SharedKeys() {}

  private static Section consul() {
    return Section.of(
        "consul.Config",
        unused("host", TEXT, "localhost:8500"),
        unused("acl_token", SECRET, ""),
        unused("http_client_timeout", GO_DURATION, "20s"),
        unused("consistent_reads", BOOL, "false"),
        unused("watch_rate_limit", FLOAT, "1"),
        unused("watch_burst_size", INT, "1"),
        unused("cas_retry_delay", GO_DURATION, "1s"));
  }

  private static Section etcd() {
    return Section.of(
            "etcd.Config",
            unusedTexts("endpoints"),
            unused("dial_timeout", GO_DURATION, "10s"),
            unused("max_retries", INT, "10"),
            unused("username", TEXT, ""),
            unused("password", SECRET, ""))
        .with(TLS_INLINE);
  }

  private static Section multi() {
    return Section.of(
        "kv.MultiConfig",
        unused("primary", TEXT, ""),
        unused("secondary", TEXT, ""),
        unused("mirror_enabled", BOOL, "false"),
        unused("mirror_timeout", GO_DURATION, "2s"));
  }
}
