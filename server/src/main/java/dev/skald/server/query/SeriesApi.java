package dev.skald.server.query;

import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.Querier;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** {@code /loki/api/v1/series} (http-api.md §7.5). */
public final class SeriesApi {
  private final Querier querier;
  private final Tenants tenants;
  private final InstantSource clock;

  public SeriesApi(Querier querier, Tenants tenants, InstantSource clock) {
    this.querier = querier;
    this.tenants = tenants;
    this.clock = clock;
  }

  public void register(Router router) {
    router.add("GET POST", "/loki/api/v1/series", QueryErrors.cancellable(this::series));
    router.add("GET POST", "/api/prom/series", QueryErrors.cancellable(this::series));
  }

  private Response series(Request request) throws InterruptedException {
    String tenant = tenants.reading(request);
    Parameters.Bounds bounds = LabelsApi.bounds(request, clock);
    return new ListReply("{\"status\":\"success\",\"data\":[", "]}\n")
        .of(
            querier.series(tenant, selectors(request), bounds.start(), bounds.end()),
            (out, labels) -> out.labels(labels, false));
  }

  /** No selector, or a single {@code {}}, means every stream. */
  private static List<List<Matcher>> selectors(Request request) {
    List<String> texts = new ArrayList<>(request.parameterValues("match"));
    texts.addAll(request.parameterValues("match[]"));
    List<List<Matcher>> selectors = new ArrayList<>();
    for (String text : texts) {
      if (text.replace(" ", "").equals("{}")) {
        if (texts.size() > 1) {
          throw QueryException.badRequest("0 matchers in group: " + text);
        }
        return List.of(List.of());
      }
      selectors.add(Parser.parseMatchers(text));
    }
    return selectors.isEmpty() ? List.of(List.of()) : selectors;
  }
}
