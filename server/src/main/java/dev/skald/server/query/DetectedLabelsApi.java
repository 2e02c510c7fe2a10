package dev.skald.server.query;

import dev.skald.logql.Matcher;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.Querier;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** {@code /loki/api/v1/detected_labels} (http-api.md §7.10). */
public final class DetectedLabelsApi {
  private final Querier querier;
  private final Tenants tenants;
  private final InstantSource clock;

  public DetectedLabelsApi(Querier querier, Tenants tenants, InstantSource clock) {
    this.querier = querier;
    this.tenants = tenants;
    this.clock = clock;
  }

  public void register(Router router) {
    router.add("GET POST", "/loki/api/v1/detected_labels", QueryErrors.cancellable(this::labels));
  }

  private Response labels(Request request) throws InterruptedException {
    String tenant = tenants.reading(request);
    Parameters.Bounds bounds = RangeRequest.bounds(new Parameters(request, clock));
    String query = request.parameter("query");
    List<Matcher> matchers = query.isEmpty() ? List.of() : Parser.parseMatchers(query);
    return encode(querier.detectedLabels(tenant, matchers, bounds.start(), bounds.end()));
  }

  private static Response encode(Map<String, Integer> cardinalities) {
    JsonOutput out = new JsonOutput().raw('{');
    if (!cardinalities.isEmpty()) {
      out.raw("\"detectedLabels\":[");
      String separator = "";
      for (var label : cardinalities.entrySet()) {
        out.raw(separator).raw("{\"label\":").string(label.getKey());
        out.raw(",\"cardinality\":").number(label.getValue()).raw('}');
        separator = ",";
      }
      out.raw(']');
    }
    out.raw("}\n");
    return out.reply();
  }
}
