package dev.skald.testing;

import dev.skald.config.load.CommandLine;
import dev.skald.config.load.ConfigLoader;
import dev.skald.config.load.Surroundings;
import dev.skald.server.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A server in this process, on a free port of the loopback and a directory of its own. */
public final class RunningServer implements AutoCloseable {
  private static final long DEADLINE_NANOS = 60_000_000_000L;

  private final Server server;
  private final Http http;

  private RunningServer(Server server) {
    this.server = server;
    this.http = new Http("http://127.0.0.1:" + server.port());
  }

  /** The configuration that a server of a test runs with, as YAML. */
  public static String config(Path directory, int port, String extra) {
    return """
    auth_enabled: false
    server: {http_listen_address: 127.0.0.1, http_listen_port: %d, log_level: warn}
    common:
      path_prefix: %s
      storage: {filesystem: {chunks_directory: %s, rules_directory: %s}}
    limits_config: {reject_old_samples: false%s}
    pattern_ingester: {enabled: true}
    """
        .formatted(port, directory, directory.resolve("chunks"), directory.resolve("rules"), extra);
  }

  /** Starts a server and waits until it is ready. */
  public static RunningServer start(Path directory) {
    return start(directory, "");
  }

  /**
   * @param limits further keys of {@code limits_config}, each with a comma before it
   */
  public static RunningServer start(Path directory, String limits) {
    return start(directory, limits, Clock.systemUTC());
  }

  public static RunningServer start(Path directory, String limits, Clock clock) {
    return configured(directory, config(directory, 0, limits), clock);
  }

  /** Starts a server that answers queries of what another one writes in the same directory. */
  public static RunningServer startReader(Path directory) {
    String yaml = "target: read\n" + config(directory, 0, "");
    return configured(directory, yaml, Clock.systemUTC());
  }

  /**
   * @param sections further sections of the configuration, as YAML
   */
  public static RunningServer startWith(Path directory, String sections) {
    return configured(directory, config(directory, 0, "") + sections, Clock.systemUTC());
  }

  /** Starts a server with a whole configuration; it must name a port of its own or 0. */
  public static RunningServer configured(Path directory, String yaml, Clock clock) {
    RunningServer running = new RunningServer(server(directory, yaml, clock));
    running.http.awaitReady(DEADLINE_NANOS);
    return running;
  }

  /** Starts a server that cannot be asked in plain HTTP whether it is ready. */
  public static RunningServer unawaited(Path directory, String yaml) {
    return new RunningServer(server(directory, yaml, Clock.systemUTC()));
  }

  private static Server server(Path directory, String yaml, Clock clock) {
    try {
      return Server.start(
          ConfigLoader.parse(
              "test.yaml", yaml, CommandLine.empty(), new Surroundings(directory, Map.of(), 2)),
          clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Http http() {
    return http;
  }

  public int port() {
    return server.port();
  }

  /** Has it look at its certificates now. */
  public void reloadCertificates() {
    server.reloadCertificates();
  }

  /** Seals everything that is in memory. */
  public void flush() {
    Http.Reply reply = http.post("/flush", Map.of(), new byte[0]);
    if (reply.status() != 204) {
      throw new AssertionError("flush got " + reply.status() + ": " + reply.text());
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits a moment before something is looked at again. */
  public static void pause() {
    LockSupport.parkNanos(20_000_000L);
  }
}
