package dev.skald.config;

import java.time.Duration;

/**
 * The listener and what surrounds it ({@code server}).
 *
 * @param grpcPort {@code grpc_listen_port}; Skald does not listen on it, 0 to 65535
 * @param gracefulShutdownTimeout how long requests under way may still take after a stop signal
 * @param shutdownDelay how long {@code /ready} answers 503 before the stop begins
 * @param metricsEnabled {@code register_instrumentation}: whether {@code /metrics} is served
 * @param auth who may use all this ({@code auth})
 */
public record ServerConfig(
    HttpConfig http,
    int grpcPort,
    LogConfig log,
    Duration gracefulShutdownTimeout,
    Duration shutdownDelay,
    boolean metricsEnabled,
    AuthConfig auth) {
  public ServerConfig {
    Check.present(http, "server.http");
    Check.within(grpcPort, 0, 65_535, "server.grpc_listen_port");
    Check.present(log, "server.log");
    Check.notNegative(gracefulShutdownTimeout, "server.graceful_shutdown_timeout");
    Check.notNegative(shutdownDelay, "shutdown_delay");
    Check.present(auth, "auth");
  }

  public static ServerConfig defaults() {
    return new ServerConfig(
        HttpConfig.defaults(),
        9095,
        LogConfig.defaults(),
        Duration.ofSeconds(30),
        Duration.ZERO,
        true,
        AuthConfig.none());
  }
}
