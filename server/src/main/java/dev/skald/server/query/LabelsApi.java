package dev.skald.server.query;

import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.Held;
import dev.skald.querier.Querier;
import dev.skald.server.http.Handler;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** {@code /loki/api/v1/labels} and {@code /loki/api/v1/label/…/values} (http-api.md §7.3, §7.4). */
public final class LabelsApi {
  private final Querier querier;
  private final Tenants tenants;
  private final InstantSource clock;

  public LabelsApi(Querier querier, Tenants tenants, InstantSource clock) {
    this.querier = querier;
    this.tenants = tenants;
    this.clock = clock;
  }

  public void register(Router router) {
    Handler names = QueryErrors.cancellable(request -> list(names(request)));
    router.add("GET POST", "/loki/api/v1/labels", names);
    router.add("GET POST", "/loki/api/v1/label", names);
    router.add(
        "GET POST",
        "/loki/api/v1/label/{name}/values",
        QueryErrors.cancellable(request -> list(values(request))));
    router.add(
        "GET POST",
        "/api/prom/label",
        QueryErrors.cancellable(request -> legacyList(names(request))));
    router.add(
        "GET POST",
        "/api/prom/label/{name}/values",
        QueryErrors.cancellable(request -> legacyList(values(request))));
  }

  private Held<Set<String>> names(Request request) throws InterruptedException {
    String tenant = tenants.reading(request);
    Parameters.Bounds bounds = bounds(request, clock);
    return querier.labelNames(tenant, matchers(request), bounds.start(), bounds.end());
  }

  private Held<Set<String>> values(Request request) throws InterruptedException {
    String tenant = tenants.reading(request);
    Parameters.Bounds bounds = bounds(request, clock);
    String name = request.pathParameter("name");
    return querier.labelValues(tenant, name, matchers(request), bounds.start(), bounds.end());
  }

  private static List<Matcher> matchers(Request request) {
    String query = request.parameter("query");
    return query.isEmpty() ? List.of() : Parser.parseMatchers(query);
  }

  /** Reads the bounds of a request for what is in the index. */
  static Parameters.Bounds bounds(Request request, InstantSource clock) {
    Parameters.Bounds bounds = new Parameters(request, clock).bounds();
    if (bounds.end() < bounds.start()) {
      throw QueryException.badRequest(
          "this data is no longer available, it is past now - max_query_lookback (0s)");
    }
    return bounds;
  }

  /** Without any name or value there is no {@code data} at all, as in Loki. */
  private static Response list(Held<Set<String>> names) {
    boolean empty = names.value().isEmpty();
    return new ListReply(
            "{\"status\":\"success\"" + (empty ? "" : ",\"data\":["), empty ? "}\n" : "]}\n")
        .of(names, JsonOutput::string);
  }

  /** The shape of Loki's first version (http-api.md §7.14). */
  private static Response legacyList(Held<Set<String>> names) {
    return new ListReply("{\"values\":[", "]}\n").of(names, JsonOutput::string);
  }
}
