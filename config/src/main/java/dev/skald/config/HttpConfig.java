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
 * @param requestLimits what a request may be like
 * @param connectionLimit {@code http_listen_conn_limit}
 * @param compressResponses {@code frontend.compress_responses}: gzip for who asks
 * @param tailProxy {@code frontend.tail_proxy_url}: where tails are that a process which only reads
 *     does not have; empty for nowhere
 * @param corsOrigins pages that browsers let read replies; {@code *} for all
 */
public record HttpConfig(
    String address,
    int port,
    String pathPrefix,
    HttpTimeouts timeouts,
    RequestLimits requestLimits,
    int connectionLimit,
    TlsConfig tls,
    boolean compressResponses,
    String tailProxy,
    List<String> corsOrigins) {
  public HttpConfig {
    Check.present(address, "server.http_listen_address");
    Check.within(port, 0, 65_535, "server.http_listen_port");
    pathPrefix = normal(Check.present(pathPrefix, "server.http_path_prefix"));
    Check.present(timeouts, "server timeouts");
    Check.present(requestLimits, "server limits of requests");
    Check.notNegative(connectionLimit, "server.http_listen_conn_limit");
    Check.present(tls, "server.http_tls_config");
    if (!tailProxy.matches("(https?://[^/,?#]+[^,?#]*)?")) {
      throw new IllegalArgumentException(
          "frontend.tail_proxy_url is not the URL of a server, wanted one such as"
              + " http://skald:3100");
    }
    corsOrigins = List.copyOf(corsOrigins);
  }

  public static HttpConfig defaults() {
    return new HttpConfig(
        "",
        3100,
        "",
        HttpTimeouts.defaults(),
        RequestLimits.defaults(),
        0,
        TlsConfig.none(),
        true,
        "",
        List.of());
  }

  private static String normal(String prefix) {
    String path = prefix;
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
  }

  /**
   * How much the head of a request may be, and how slowly its body may come.
   *
   * @param lineBytes {@code http_server_max_request_line_bytes}: the first line
   * @param headerBytes {@code http_server_max_header_bytes}: all headers together
   * @param headers {@code http_server_max_headers}: how many of them
   * @param bodyRate {@code http_server_min_body_rate}: bytes a second, on the average; 0 for none
   * @param bodyGrace {@code http_server_min_body_grace}: so much longer a body may take
   */
  public record RequestLimits(
      int lineBytes, int headerBytes, int headers, long bodyRate, Duration bodyGrace) {
    /** Less has no room for what every client sends. */
    private static final int LEAST_BYTES = 1 << 10;

    private static final int MOST_BYTES = 1 << 24;

    public RequestLimits {
      Check.within(lineBytes, LEAST_BYTES, MOST_BYTES, "server.http_server_max_request_line_bytes");
      Check.within(headerBytes, LEAST_BYTES, MOST_BYTES, "server.http_server_max_header_bytes");
      Check.within(headers, 1, Integer.MAX_VALUE, "server.http_server_max_headers");
      Check.notNegative(bodyRate, "server.http_server_min_body_rate");
      Check.notNegative(bodyGrace, "server.http_server_min_body_grace");
    }

    public static RequestLimits defaults() {
      return new RequestLimits(1 << 19, 1 << 16, 1000, 240, Duration.ofSeconds(5));
    }
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
