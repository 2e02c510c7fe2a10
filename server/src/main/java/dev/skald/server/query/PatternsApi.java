package dev.skald.server.query;

import dev.skald.ingester.pattern.PatternQuery;
import dev.skald.ingester.pattern.PatternSeries;
import dev.skald.ingester.pattern.PatternSeries.Sample;
import dev.skald.ingester.pattern.Patterns;
import dev.skald.logql.Matcher;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.JoinedTenants;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * {@code /loki/api/v1/patterns}: how often lines of each template came (http-api.md §7.9). Only the
 * selector of the query counts; Loki takes one with a pipeline too.
 */
public final class PatternsApi {
  private static final String JSON = "application/json; charset=UTF-8";

  /** Lets queries run when it is their turn. */
  @FunctionalInterface
  public interface Turns {
    /**
     * Answers a query.
     *
     * @param query gets what to run now and then while it is at work
     */
    List<PatternSeries> take(String tenant, Function<Runnable, List<PatternSeries>> query)
        throws InterruptedException;
  }

  private final Patterns patterns;
  private final Turns turns;
  private final Tenants tenants;
  private final InstantSource clock;

  public PatternsApi(Patterns patterns, Turns turns, Tenants tenants, InstantSource clock) {
    this.patterns = patterns;
    this.turns = turns;
    this.tenants = tenants;
    this.clock = clock;
  }

  public void register(Router router) {
    router.add("GET POST", "/loki/api/v1/patterns", QueryErrors.cancellable(this::patterns));
  }

  Response patterns(Request request) throws InterruptedException {
    String tenant = tenants.reading(request);
    if (!patterns.enabled()) {
      return Response.empty(404);
    }
    Parameters parameters = new Parameters(request, clock);
    Parameters.Bounds bounds = parameters.bounds();
    long step = RangeRequest.step(parameters, bounds);
    LogExpr query = Parser.parseLogQuery(request.parameter("query"));
    List<PatternQuery> wanted = new ArrayList<>();
    List<String> whose = JoinedTenants.split(tenant);
    for (String one : whose) {
      if (whose.size() == 1 || JoinedTenants.wants(one, query.matchers())) {
        List<Matcher> matchers =
            whose.size() == 1 ? query.matchers() : JoinedTenants.streamMatchers(query.matchers());
        wanted.add(new PatternQuery(one, matchers, bounds.start(), bounds.end(), step));
      }
    }
    long now = parameters.now();
    JsonOutput out = encode(turns.take(tenant, pause -> patterns.query(wanted, step, now, pause)));
    return Response.bytes(200, JSON, out.bytes(), out.length());
  }

  private static JsonOutput encode(List<PatternSeries> series) {
    JsonOutput out = new JsonOutput().raw("{\"status\":\"success\",\"data\":[");
    String separator = "";
    for (PatternSeries one : series) {
      out.raw(separator).raw("{\"pattern\":").htmlString(one.pattern());
      out.raw(",\"level\":").htmlString(one.level()).raw(",\"samples\":[");
      encodeSamples(one.samples(), out);
      out.raw("]}");
      separator = ",";
    }
    return out.raw("]}\n");
  }

  private static void encodeSamples(List<Sample> samples, JsonOutput out) {
    String separator = "";
    for (Sample sample : samples) {
      out.raw(separator).raw('[').number(sample.second()).raw(',').number(sample.count()).raw(']');
      separator = ",";
    }
  }
}
