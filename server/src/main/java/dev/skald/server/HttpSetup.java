package dev.skald.server;

import dev.skald.config.HttpConfig;
import dev.skald.config.ServerConfig;
import dev.skald.config.SkaldConfig;
import dev.skald.config.TlsConfig;
import dev.skald.server.auth.Users;
import dev.skald.server.http.AccessLog;
import dev.skald.server.http.Cors;
import dev.skald.server.http.Gate;
import dev.skald.server.http.HttpServer;
import dev.skald.server.http.ReplyPolicy;
import dev.skald.server.http.RequestObserver;
import dev.skald.server.http.Router;
import dev.skald.server.tls.ListenerTls;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.event.Level;

/** Sets up the listener: its threads, its limits, TLS. */
final class HttpSetup {
  /** The bodies of all requests may take this part of the heap; what is made of them, more. */
  private static final int BODY_PARTS = 8;

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final SkaldConfig all;
  private final ServerConfig config;
  private final Lifecycle lifecycle;

  HttpSetup(SkaldConfig all, Lifecycle lifecycle) {
    this.all = all;
    this.config = all.server();
    this.lifecycle = lifecycle;
  }

  /**
   * What listens.
   *
   * @param tls is to be told now and then to look at its files again
   */
  record Running(HttpServer server, Optional<ListenerTls> tls) {}

  /**
   * Begins to listen.
   *
   * @throws IOException if the port cannot be had, or certificates cannot be used
   */
  Running start(Router router, RequestObserver observer) throws IOException {
    HttpConfig listener = config.http();
    Optional<ListenerTls> tls = tls(listener);
    ExecutorService requests =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());
    lifecycle.onStop(requests::shutdownNow);
    HttpServer server =
        HttpServer.start(
            new HttpServer.Options(
                listener.address(),
                listener.port(),
                listener.timeouts(),
                listener.requestLimits(),
                listener.connectionLimit(),
                bodyMemory(),
                config.gracefulShutdownTimeout(),
                tls,
                replies()),
            router,
            gate(),
            new AccessLog(
                observer,
                config.log().requestsAtInfo() ? Level.INFO : Level.DEBUG,
                all.querier().logLongerThan()),
            requests);
    lifecycle.onStop(server::close);
    return new Running(server, tls);
  }

  private ReplyPolicy replies() {
    boolean personal = all.authEnabled() || config.auth().enabled();
    return new ReplyPolicy(
        config.http().compressResponses(), personal, new Cors(config.http().corsOrigins()));
  }

  private Gate gate() {
    int cores = Runtime.getRuntime().availableProcessors();
    return config.auth().enabled()
        ? new Users(config.auth(), new SecureRandom(), Math.max(1, cores / 2))
        : Gate.OPEN;
  }

  private static Optional<ListenerTls> tls(HttpConfig listener) throws IOException {
    TlsConfig tls = listener.tls();
    if (!tls.enabled()) {
      return Optional.empty();
    }
    Duration header = listener.timeouts().readHeader();
    Duration handshake = header.isZero() ? listener.timeouts().read() : header;
    return Optional.of(ListenerTls.open(tls, handshake));
  }

  /** How many bytes the bodies of all requests may take together. */
  static int bodyMemory() {
    return (int) Math.min(Runtime.getRuntime().maxMemory() / BODY_PARTS, LARGEST_ARRAY);
  }
}
