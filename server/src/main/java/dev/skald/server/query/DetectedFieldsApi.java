package dev.skald.server.query;

import dev.skald.logql.eval.Direction;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.ByteSizes;
import dev.skald.querier.DetectedField;
import dev.skald.querier.FieldType;
import dev.skald.querier.Querier;
import dev.skald.querier.RangeQuery;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code /loki/api/v1/detected_fields} and {@code /loki/api/v1/detected_field/…/values}
 * (http-api.md §7.11, §7.12). Both look at the newest lines that the query finds; cardinalities are
 * exact.
 */
public final class DetectedFieldsApi {
  private static final int DEFAULT_LINES = 100;
  private static final int DEFAULT_LIMIT = 1000;

  private final Querier querier;
  private final Tenants tenants;
  private final InstantSource clock;

  /**
   * @param limit how many fields or values are wanted
   */
  private record Detected(List<DetectedField> fields, int limit) {}

  public DetectedFieldsApi(Querier querier, Tenants tenants, InstantSource clock) {
    this.querier = querier;
    this.tenants = tenants;
    this.clock = clock;
  }

  public void register(Router router) {
    router.add("GET POST", "/loki/api/v1/detected_fields", QueryErrors.cancellable(this::fields));
    router.add(
        "GET POST",
        "/loki/api/v1/detected_field/{name}/values",
        QueryErrors.cancellable(this::values));
  }

  private Detected detect(Request request) throws InterruptedException {
    String tenant = tenants.reading(request);
    Parameters parameters = new Parameters(request, clock);
    Parameters.Bounds bounds = RangeRequest.bounds(parameters);
    int lines = parameters.limit("line_limit", DEFAULT_LINES);
    long step = RangeRequest.resolution(parameters, bounds);
    String limitName = request.parameter("limit").isEmpty() ? "field_limit" : "limit";
    int limit = parameters.limit(limitName, DEFAULT_LIMIT);
    RangeParameters newest =
        new RangeParameters(bounds.start(), bounds.end(), step, lines, Direction.BACKWARD, 0);
    RangeQuery query =
        new RangeQuery(request.parameter("query"), newest, QueryTags.source(request));
    return new Detected(querier.detectedFields(tenant, query), limit);
  }

  private Response fields(Request request) throws InterruptedException {
    Detected detected = detect(request);
    JsonOutput out = new JsonOutput().raw('{');
    if (!detected.fields.isEmpty()) {
      out.raw("\"fields\":[");
      int shown = Math.min(detected.limit, detected.fields.size());
      for (int i = 0; i < shown; i++) {
        field(out.raw(i == 0 ? "" : ","), detected.fields.get(i));
      }
      out.raw("],\"limit\":").number(detected.limit);
    }
    return reply(out);
  }

  private static void field(JsonOutput out, DetectedField field) {
    out.raw("{\"label\":").string(field.label());
    out.raw(",\"type\":\"").raw(field.type().text());
    out.raw("\",\"cardinality\":").number(field.values().size()).raw(",\"parsers\":");
    if (field.parsers().isEmpty()) {
      out.raw("null");
    } else {
      texts(out, field.parsers());
    }
    if (!field.jsonPath().isEmpty()) {
      texts(out.raw(",\"jsonPath\":"), field.jsonPath());
    }
    out.raw('}');
  }

  private static void texts(JsonOutput out, List<String> texts) {
    out.raw('[');
    for (int i = 0; i < texts.size(); i++) {
      out.raw(i == 0 ? "" : ",").string(texts.get(i));
    }
    out.raw(']');
  }

  private Response values(Request request) throws InterruptedException {
    Detected detected = detect(request);
    String name = request.pathParameter("name");
    JsonOutput out = new JsonOutput().raw('{');
    for (DetectedField field : detected.fields) {
      if (field.label().equals(name)) {
        out.raw("\"limit\":").number(detected.limit).raw(",\"values\":");
        texts(out, shown(field, detected.limit));
      }
    }
    return reply(out);
  }

  private static List<String> shown(DetectedField field, int limit) {
    return field.values().stream().map(DetectedFieldsApi::shown).distinct().limit(limit).toList();
  }

  /** Sizes are all written in one way, {@code 1024B} as {@code 1.0kB}. */
  private static String shown(String value) {
    return FieldType.of(value) == FieldType.BYTES ? ByteSizes.print(ByteSizes.parse(value)) : value;
  }

  private static Response reply(JsonOutput out) {
    out.raw("}\n");
    return out.reply();
  }
}
