package dev.skald.server.query;

import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.eval.EvalStats;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.ByteSizes;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.Answer;
import dev.skald.querier.Querier;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code /loki/api/v1/index/shards}: into which parts a query is best cut (http-api.md §7.8). Skald
 * cuts none, so that there is always one.
 */
public final class IndexShardsApi {
  private static final String EVERYTHING = "{\"min\":0,\"max\":18446744073709551615}";

  private final Querier querier;
  private final Tenants tenants;
  private final InstantSource clock;

  public IndexShardsApi(Querier querier, Tenants tenants, InstantSource clock) {
    this.querier = querier;
    this.tenants = tenants;
    this.clock = clock;
  }

  public void register(Router router) {
    router.add("GET POST", "/loki/api/v1/index/shards", QueryErrors.cancellable(this::shards));
  }

  private Response shards(Request request) throws Exception {
    String tenant = tenants.reading(request);
    RangeParameters range = RangeRequest.read(new Parameters(request, clock));
    checkTarget(request.parameter("targetBytesPerShard"));
    List<Matcher> matchers = Parser.parseLogQuery(request.parameter("query")).matchers();
    long began = System.nanoTime();
    List<StreamStats> streams = querier.streams(tenant, matchers, range.start(), range.end());
    long took = System.nanoTime() - began;
    JsonOutput out = new JsonOutput().raw("{\"shards\":[{\"bounds\":").raw(EVERYTHING);
    out.raw(",\"stats\":");
    StreamsJson.write(out, streams);
    out.raw("}],\"statistics\":");
    StatsEncoder.encode(
        out, new Answer(new QueryResult.Streams(List.of()), new EvalStats(), 0, took));
    return out.raw(",\"chunkGroups\":[]}\n").reply();
  }

  private static void checkTarget(String text) {
    try {
      if (!text.isEmpty() && ByteSizes.parse(text) > 0) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // What is no size is not positive either.
    }
    throw QueryException.badRequest("targetBytesPerShard must be a positive value");
  }
}
