package dev.skald.server;

import dev.skald.config.SkaldConfig;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import dev.skald.server.query.TailProxyApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Makes what a process that only reads needs for tails, if it is told where they are. */
record PassedOnTails(SkaldConfig config, InstantSource clock, Lifecycle lifecycle) {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Returns what registers the tails, or nothing. */
  Consumer<Router> start() {
    String writer = config.server().http().tailProxy();
    if (writer.isEmpty()) {
      return router -> {};
    }
    HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    lifecycle.onStop(client::shutdownNow);
    return new TailProxyApi(client, URI.create(writer), new Tenants(config.authEnabled()), clock)
        ::register;
  }
}
