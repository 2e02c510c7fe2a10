package dev.skald.server.query;

import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.Querier;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;

/**
 * {@code /loki/api/v1/index/stats}: how much a query would read (http-api.md §7.6).
 *
 * <p>Loki in one process counts a stream twice, once as its ingester knows it and once as its store
 * does, in chunks rounded to KiB; what it told its clients so far is what they are told here.
 */
public final class IndexStatsApi {
  private static final int COPIES = 2;
  private static final long KIB = 1024;

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

  private Response stats(Request request) {
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
      bytes += (stats.bytes() + KIB / 2) / KIB * KIB;
    }
    JsonOutput out = new JsonOutput().raw("{\"streams\":").number(streams);
    out.raw(",\"chunks\":").number(streams * COPIES);
    out.raw(",\"bytes\":").number(bytes * COPIES);
    out.raw(",\"entries\":").number(entries * COPIES).raw("}\n");
    return Response.bytes(200, "application/json; charset=UTF-8", out.bytes(), out.length());
  }
}
