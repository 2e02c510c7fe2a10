package dev.skald.server.query;

import dev.skald.logql.eval.EvalStats;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.stage.MalformedStageException;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.Parser;
import dev.skald.querier.Answer;
import dev.skald.querier.Held;
import dev.skald.querier.InstantQuery;
import dev.skald.querier.Querier;
import dev.skald.querier.RangeQuery;
import dev.skald.server.http.Handler;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;
import java.util.List;

/** {@code /loki/api/v1/query_range} and {@code /loki/api/v1/query} (http-api.md §7.1, §7.2). */
public final class QueryApi {
  /**
   * What a client that asks for categorized labels is told of a malformed stage, as by Loki
   * (logql.md §4.1, quirk 3).
   */
  private static final Answer NOTHING =
      new Answer(new QueryResult.Streams(List.of()), new EvalStats(), 0, 0);

  private final Querier querier;
  private final Tenants tenants;
  private final InstantSource clock;
  private final ObservedQueries queries;

  public QueryApi(Querier querier, Tenants tenants, InstantSource clock, ObservedQueries queries) {
    this.querier = querier;
    this.tenants = tenants;
    this.clock = clock;
    this.queries = queries;
  }

  public void register(Router router) {
    router.add(
        "GET POST",
        "/loki/api/v1/query_range",
        Handler.cancellable(
            Parquet.disabled(queries.handler("range", this::range, QueryApi::encode))));
    router.add(
        "GET POST",
        "/loki/api/v1/query",
        Handler.cancellable(
            Parquet.disabled(queries.handler("instant", this::instant, QueryApi::encode))));
  }

  private Held<Answer> range(Request request) throws InterruptedException {
    String tenant = tenants.reading(request);
    RangeQuery query =
        new RangeQuery(
            request.parameter("query"),
            RangeRequest.read(new Parameters(request, clock)),
            QueryTags.source(request),
            !request.header("Cache-Control").contains("no-cache"));
    try {
      return querier.range(Callers.of(request, tenant), query);
    } catch (MalformedStageException e) {
      if (EncodingFlags.of(request).categorize() && Parser.parse(query.text()) instanceof LogExpr) {
        return Held.of(NOTHING);
      }
      throw e;
    }
  }

  private Held<Answer> instant(Request request) throws InterruptedException {
    String tenant = tenants.reading(request);
    Parameters parameters = new Parameters(request, clock);
    long time = parameters.time();
    parameters.limit();
    parameters.direction();
    InstantQuery query =
        new InstantQuery(request.parameter("query"), time, QueryTags.source(request));
    return querier.instant(Callers.of(request, tenant), query);
  }

  private static Response encode(Request request, Held<Answer> held) {
    return ReplyStream.of(held, EncodingFlags.of(request));
  }
}
