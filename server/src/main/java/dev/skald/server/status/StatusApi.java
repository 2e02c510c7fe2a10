package dev.skald.server.status;

import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** {@code /ready}, {@code /metrics}, {@code /config} and {@code /loki/api/v1/status/buildinfo}. */
public final class StatusApi {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<String> notReady;
  private final PrometheusMeterRegistry registry;
  private final Supplier<String> config;

  /**
   * @param notReady why the server is not ready, or empty if it is
   * @param config the configuration in force, as YAML
   */
  public StatusApi(
      Supplier<String> notReady, PrometheusMeterRegistry registry, Supplier<String> config) {
    this.notReady = notReady;
    this.registry = registry;
    this.config = config;
  }

  public void register(Router router) {
    router.add("GET HEAD", "/ready", this::ready);
    router.add("", "/metrics", this::metrics);
    router.add("GET", "/config", request -> Response.text(200, config.get()));
    router.add("GET", "/loki/api/v1/status/buildinfo", this::buildInfo);
  }

  private Response ready(Request request) {
    String reason = notReady.get();
    return reason.isEmpty() ? Response.line(200, "ready") : Response.line(503, reason);
  }

  private Response metrics(Request request) {
    return Response.bytes(200, METRICS_TYPE, registry.scrape().getBytes(StandardCharsets.UTF_8));
  }

  /** The version is that of the Loki whose interface this is: Grafana tells features by it. */
  private Response buildInfo(Request request) {
    return Response.bytes(
        200,
        "application/json",
        ("{\"version\":\"3.7.6\",\"revision\":\"skald-"
                + Version.current()
                + "\",\"branch\":\"skald\",\"buildUser\":\"\",\"buildDate\":\"\",\"goVersion\":\"\"}\n")
            .getBytes(StandardCharsets.UTF_8));
  }
}
