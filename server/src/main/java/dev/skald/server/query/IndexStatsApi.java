package dev.skald.server.query;

import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.Querier;
import dev.skald.querier.ReportedSize;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;

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
    router.add("GET POST", "/loki/api/v1/index/stats", QueryErrors.handled(this::stats));
  }

  private Response stats(Request request) throws InterruptedException {
    String tenant = tenants.single(request);
    RangeParameters range = RangeRequest.read(new Parameters(request, clock));
    long streams = 0;
    long bytes = 0;
    long entries = 0;
    for (StreamStats stats :
        querier.streams(
            tenant, Parser.parseMatchers(request.parameter("query")), range.start(), range.end())) {
      streams++;
      entries += stats.entries();
      bytes += ReportedSize.bytes(stats);
    }
    JsonOutput out = new JsonOutput().raw("{\"streams\":").number(streams);
    out.raw(",\"chunks\":").number(streams * ReportedSize.COPIES);
    out.raw(",\"bytes\":").number(bytes);
    out.raw(",\"entries\":").number(entries * ReportedSize.COPIES).raw("}\n");
    return out.reply();
  }
}
