package dev.skald.config;

import java.time.Duration;
import java.util.List;

/**
 * The HTTP listener. A zero duration or count means no limit.
 *
 * @param address the interface to bind, empty for all
 * @param port 0 for any free one
 * @param pathPrefix stands before every path, {@code /metrics} too; empty or with a leading and
 *     without a trailing slash
 * @param connectionLimit {@code http_listen_conn_limit}
 * @param compressResponses {@code frontend.compress_responses}: gzip for who asks
 * @param corsOrigins pages that browsers let read replies; {@code *} for all
 */
public record HttpConfig(
    String address,
    int port,
    String pathPrefix,
    HttpTimeouts timeouts,
    int connectionLimit,
    TlsConfig tls,
    boolean compressResponses,
    List<String> corsOrigins) {
  public HttpConfig {
    Check.present(address, "server.http_listen_address");
    Check.within(port, 0, 65_535, "server.http_listen_port");
    pathPrefix = normal(Check.present(pathPrefix, "server.http_path_prefix"));
    Check.present(timeouts, "server timeouts");
    Check.notNegative(connectionLimit, "server.http_listen_conn_limit");
    Check.present(tls, "server.http_tls_config");
    corsOrigins = List.copyOf(corsOrigins);
  }

  public static HttpConfig defaults() {
    return new HttpConfig(
        "", 3100, "", HttpTimeouts.defaults(), 0, TlsConfig.none(), true, List.of());
  }

  private static String normal(String prefix) {
    String path = prefix;
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
  }

  /** The {@code http_server_*_timeout} keys; {@link Duration#ZERO} for none. */
  public record HttpTimeouts(Duration read, Duration readHeader, Duration write, Duration idle) {
    public HttpTimeouts {
      Check.notNegative(read, "server.http_server_read_timeout");
      Check.notNegative(readHeader, "server.http_server_read_header_timeout");
      Check.notNegative(write, "server.http_server_write_timeout");
      Check.notNegative(idle, "server.http_server_idle_timeout");
    }

    public static HttpTimeouts defaults() {
      return new HttpTimeouts(
          Duration.ofSeconds(30), Duration.ZERO, Duration.ofSeconds(30), Duration.ofMinutes(2));
    }
  }
}
