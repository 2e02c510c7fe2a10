package dev.skald.config.load;

import dev.skald.config.DistributorConfig;
import dev.skald.config.HttpConfig;
import dev.skald.config.HttpConfig.HttpTimeouts;
import dev.skald.config.HttpConfig.RequestLimits;
import dev.skald.config.LogConfig;
import dev.skald.config.PemSource;
import dev.skald.config.RuntimeConfig;
import dev.skald.config.ServerConfig;
import dev.skald.config.TlsConfig;
import java.nio.file.Path;
import java.util.Locale;

/** {@code server}, {@code distributor} and {@code runtime_config} as records. */
final class ServerReader {
  private ServerReader() {}

  static ServerConfig server(Settings root) {
    Settings server = root.block("server");
    return new ServerConfig(
        http(root, server),
        server.integer("grpc_listen_port"),
        log(server),
        server.duration("graceful_shutdown_timeout"),
        root.duration("shutdown_delay"),
        server.flag("register_instrumentation"),
        AuthReader.auth(root));
  }

  static DistributorConfig distributor(Settings root) {
    Settings distributor = root.block("distributor");
    return new DistributorConfig(
        distributor.integer("max_recv_msg_size"),
        distributor.number("max_decompressed_size"),
        distributor.block("otlp_config").texts("default_resource_attributes_as_index_labels"),
        root.block("ingester").integer("max_returned_stream_errors"));
  }

  static RuntimeConfig runtime(Settings root) {
    Settings runtime = root.block("runtime_config");
    return new RuntimeConfig(
        runtime.csv("file").stream().map(Path::of).toList(), runtime.duration("period"));
  }

  private static HttpConfig http(Settings root, Settings server) {
    String prefix = server.text("http_path_prefix");
    return new HttpConfig(
        server.text("http_listen_address"),
        server.integer("http_listen_port"),
        prefix.isEmpty() ? root.text("http_prefix") : prefix,
        new HttpTimeouts(
            server.duration("http_server_read_timeout"),
            server.duration("http_server_read_header_timeout"),
            server.duration("http_server_write_timeout"),
            server.duration("http_server_idle_timeout")),
        new RequestLimits(
            (int) server.number("http_server_max_request_line_bytes"),
            (int) server.number("http_server_max_header_bytes"),
            server.integer("http_server_max_headers"),
            server.number("http_server_min_body_rate"),
            server.duration("http_server_min_body_grace")),
        server.integer("http_listen_conn_limit"),
        tls(server),
        root.block("frontend").flag("compress_responses"),
        root.block("frontend").text("tail_proxy_url"),
        server.texts("cors_allowed_origins"));
  }

  private static TlsConfig tls(Settings server) {
    Settings tls = server.block("http_tls_config");
    return new TlsConfig(
        pem(tls, "cert"),
        pem(tls, "key"),
        pem(tls, "client_ca"),
        TlsConfig.ClientAuth.of(tls.text("client_auth_type")),
        TlsConfig.Version.of(server.text("tls_min_version")),
        server.csv("tls_cipher_suites"));
  }

  private static PemSource pem(Settings tls, String name) {
    String file = name + "_file";
    return new PemSource(tls.path(file), tls.text(file), tls.text(name));
  }

  private static LogConfig log(Settings server) {
    return new LogConfig(
        LogConfig.Level.valueOf(server.text("log_level").toUpperCase(Locale.ROOT)),
        LogConfig.Format.valueOf(server.text("log_format").toUpperCase(Locale.ROOT)),
        server.flag("log_request_at_info_level_enabled"));
  }
}
