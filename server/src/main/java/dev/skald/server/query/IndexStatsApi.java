package dev.skald.server.query;

import dev.skald.logql.Matcher;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.Querier;
import dev.skald.querier.ReportedSize;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code /loki/api/v1/index/stats}: how much a query would read, counted as {@link ReportedSize}
 * says (http-api.md §7.6).
 */
public final class IndexStatsApi {
  private final Querier querier;
  private final Tenants tenants;
  private final InstantSource clock;

  public IndexStatsApi(Querier querier, Tenants tenants, InstantSource clock) {
    this.querier = querier;
    this.tenants = tenants;
    this.clock = clock;
  }

  public void register(Router router) {
    router.add("GET POST", "/loki/api/v1/index/stats", QueryErrors.cancellable(this::stats));
  }

  private Response stats(Request request) throws InterruptedException {
    String tenant = tenants.reading(request);
    RangeParameters range = RangeRequest.read(new Parameters(request, clock));
    List<Matcher> matchers = Parser.parseMatchers(request.parameter("query"));
    JsonOutput out = new JsonOutput();
    StreamsJson.write(out, querier.streams(tenant, matchers, range.start(), range.end()));
    return out.raw('\n').reply();
  }
}
