package dev.skald.config.keys;

import static dev.skald.config.keys.Key.*;
import static dev.skald.config.keys.Scalar.*;

/** {@code server} (config-and-clients.md §1.6). */
final class ServerKeys {
  static final Section SERVER =
      Section.of(
              "server.Config",
              used("http_listen_address", TEXT, ""),
              used("http_listen_port", INT, "3100").within(0, 65_535),
              unused("http_listen_network", TEXT, "tcp"),
              used("http_listen_conn_limit", INT, "0").within(0, Integer.MAX_VALUE),
              used("http_server_read_timeout", GO_DURATION, "30s").notNegative(),
              used("http_server_read_header_timeout", GO_DURATION, "0s").notNegative(),
              used("http_server_write_timeout", GO_DURATION, "30s").notNegative(),
              used("http_server_idle_timeout", GO_DURATION, "2m").notNegative(),
              used("http_path_prefix", TEXT, ""),
              block("http_tls_config", tls()),
              used("graceful_shutdown_timeout", GO_DURATION, "30s").notNegative(),
              used("log_level", TEXT, "info").oneOf("debug", "info", "warn", "error"),
              used("log_format", TEXT, "logfmt").oneOf("logfmt", "json"),
              used("log_request_at_info_level_enabled", BOOL, "false"),
              used("register_instrumentation", BOOL, "true"),
              used("grpc_listen_port", INT, "9095").within(0, 65_535))
          .with(grpc())
          .with(other())
          .with(own());

  private ServerKeys() {}

  private static Section tls() {
    return Section.of(
        "server.TLSConfig",
        used("cert_file", TEXT, ""),
        used("key_file", TEXT, ""),
        used("client_ca_file", TEXT, ""),
        used("client_auth_type", TEXT, ""),
        used("cert", TEXT, ""),
        used("key", SECRET, ""),
        used("client_ca", TEXT, ""));
  }

  private static Section grpc() {
    return Section.of(
        "server.Config",
        unused("grpc_listen_address", TEXT, ""),
        unused("grpc_listen_network", TEXT, "tcp"),
        unused("grpc_listen_conn_limit", INT, "0"),
        block("grpc_tls_config", tls().unused()),
        unused("grpc_server_max_recv_msg_size", INT, "4194304"),
        unused("grpc_server_max_send_msg_size", INT, "4194304"),
        unused("grpc_server_max_concurrent_streams", INT, "100"),
        unused("grpc_server_max_connection_idle", GO_DURATION, "2562047h47m16.854775807s"),
        unused("grpc_server_max_connection_age", GO_DURATION, "2562047h47m16.854775807s"),
        unused("grpc_server_max_connection_age_grace", GO_DURATION, "2562047h47m16.854775807s"),
        unused("grpc_server_keepalive_time", GO_DURATION, "2h"),
        unused("grpc_server_keepalive_timeout", GO_DURATION, "20s"),
        unused("grpc_server_min_time_between_pings", GO_DURATION, "10s"),
        unused("grpc_server_ping_without_stream_allowed", BOOL, "true"),
        unused("grpc_server_num_workers", INT, "0"),
        unused("grpc_server_stats_tracking_enabled", BOOL, "true"),
        unused("grpc_server_recv_buffer_pools_enabled", BOOL, "false"),
        unused("grpc_collect_max_streams_by_conn", BOOL, "true"));
  }

  private static Section own() {
    return Section.of(
        "server.Config",
        usedTexts("cors_allowed_origins"),
        used("http_server_max_request_line_bytes", SIZE, "512KB").within(1 << 10, 1 << 24),
        used("http_server_max_header_bytes", SIZE, "64KB").within(1 << 10, 1 << 24),
        used("http_server_max_headers", INT, "1000").atLeast(1),
        used("http_server_min_body_rate", SIZE, "240B"),
        used("http_server_min_body_grace", GO_DURATION, "5s").notNegative());
  }

  private static Section other() {
    return Section.of(
        "server.Config",
        used("tls_cipher_suites", TEXT, ""),
        used("tls_min_version", TEXT, ""),
        unused("proxy_protocol_enabled", BOOL, "false"),
        unused("log_source_ips_enabled", BOOL, "false"),
        unused("log_source_ips_full", BOOL, "false"),
        unused("log_source_ips_header", TEXT, ""),
        unused("log_source_ips_regex", TEXT, ""),
        unused("log_request_headers", BOOL, "false"),
        unused("log_request_exclude_headers_list", TEXT, ""),
        unused("report_grpc_codes_in_instrumentation_label_enabled", BOOL, "false"),
        block("cluster_validation", clusterValidation()),
        unused("trace_request_headers", BOOL, "false"),
        unused("trace_request_exclude_headers_list", TEXT, ""),
        unused("create_new_traces", BOOL, "false"),
        unused("http_log_closed_connections_without_response_enabled", BOOL, "false"));
  }

  private static Section clusterValidation() {
    Section grpc =
        Section.of(
            "clusterutil.ServerClusterValidationProtocolConfig",
            unused("enabled", BOOL, "false"),
            unused("soft_validation", BOOL, "false"));
    Section http =
        grpc.with(
            Section.of(
                "clusterutil.ServerClusterValidationProtocolConfigForHTTP",
                unused("excluded_paths", TEXT, ""),
                unused("excluded_user_agents", TEXT, "")));
    return Section.of(
        "clusterutil.ServerClusterValidationConfig",
        unused("label", TEXT, ""),
        unused("additional_labels", TEXT, ""),
        block("grpc", grpc),
        block("http", http));
  }
}
