package dev.skald.server.query;

import dev.skald.logql.syntax.Parser;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;

/**
 * {@code /loki/api/v1/patterns} (http-api.md §7.9). No patterns are kept: where the feature is
 * switched on, a query that is well formed finds none.
 */
public final class PatternsApi {
  private final boolean enabled;
  private final Tenants tenants;
  private final InstantSource clock;

  /**
   * @param enabled {@code pattern_ingester.enabled}
   */
  public PatternsApi(boolean enabled, Tenants tenants, InstantSource clock) {
    this.enabled = enabled;
    this.tenants = tenants;
    this.clock = clock;
  }

  public void register(Router router) {
    router.add("GET POST", "/loki/api/v1/patterns", QueryErrors.handled(this::patterns));
  }

  Response patterns(Request request) {
    tenants.single(request);
    if (!enabled) {
      return Response.empty(404);
    }
    Parameters parameters = new Parameters(request, clock);
    parameters.step(parameters.bounds());
    Parser.parseLogQuery(request.parameter("query"));
    return Response.json(200, "{\"status\":\"success\",\"data\":[]}\n");
  }
}
