package dev.skald.server.status;

import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code /ready}, {@code /metrics} and {@code /loki/api/v1/status/buildinfo}. */
public final class StatusApi {
  /** The version of the Loki whose interface this is. */
  static final String LOKI = "3.7.6";

  private static final String METRICS_TYPE =
      "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";

  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String OPEN_METRICS_TYPE =
      OPEN_METRICS + "; version=1.0.0; charset=utf-8; escaping=underscores";

  private final Supplier<String> notReady;
  private final Function<String, Optional<String>> metrics;

  /**
   * @param notReady why the server is not ready, or empty if it is
   * @param metrics all metrics as text of a type; nothing if they are not to be had
   */
  public StatusApi(Supplier<String> notReady, Function<String, Optional<String>> metrics) {
    this.notReady = notReady;
    this.metrics = metrics;
  }

  public void register(Router router) {
    router.add("GET", "/ready", this::ready);
    router.add("", "/metrics", this::metrics);
    router.add("GET", "/loki/api/v1/status/buildinfo", this::buildInfo);
  }

  private Response ready(Request request) {
    String reason = notReady.get();
    return reason.isEmpty() ? Response.line(200, "ready") : Response.line(503, reason);
  }

  private Response metrics(Request request) {
    String type =
        request.header("Accept").contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : METRICS_TYPE;
    return metrics
        .apply(type)
        .map(text -> Response.bytes(200, type, text.getBytes(StandardCharsets.UTF_8)))
        .orElseGet(() -> Response.line(404, "404 page not found"));
  }

  /** The version is that of the Loki whose interface this is: Grafana tells features by it. */
  private Response buildInfo(Request request) {
    return Response.bytes(
        200,
        "application/json",
        ("{\"version\":\""
                + LOKI
                + "\",\"revision\":\"skald-"
                + Version.current()
                + "\",\"branch\":\"skald\",\"buildUser\":\"\",\"buildDate\":\"\",\"goVersion\":\"\"}\n")
            .getBytes(StandardCharsets.UTF_8));
  }
}
