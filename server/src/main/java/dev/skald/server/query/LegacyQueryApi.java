package dev.skald.server.query;

import dev.skald.logql.QueryException;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.ResultStream;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.Parser;
import dev.skald.logql.syntax.Printer;
import dev.skald.querier.Answer;
import dev.skald.querier.Caller;
import dev.skald.querier.Held;
import dev.skald.querier.Querier;
import dev.skald.querier.RangeQuery;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import java.time.InstantSource;

/** {@code /api/prom/query}: log queries as Loki's first clients ask them (http-api.md §7.14). */
public final class LegacyQueryApi {
  private final Querier querier;
  private final Tenants tenants;
  private final InstantSource clock;
  private final ObservedQueries queries;

  public LegacyQueryApi(
      Querier querier, Tenants tenants, InstantSource clock, ObservedQueries queries) {
    this.querier = querier;
    this.tenants = tenants;
    this.clock = clock;
    this.queries = queries;
  }

  public void register(Router router) {
    router.add(
        "GET POST",
        "/api/prom/query",
        queries.handler("range", this::query, LegacyQueryApi::encode));
  }

  private Held<Answer> query(Request request) throws InterruptedException {
    String tenant = tenants.reading(request);
    String text = request.parameter("query");
    RangeQuery asked =
        new RangeQuery(
            text(request, text),
            RangeRequest.read(new Parameters(request, clock)),
            QueryTags.source(request));
    return querier.range(Caller.of(tenant), asked);
  }

  private static String text(Request request, String text) {
    Expr expr = Parser.parse(text);
    if (!(expr instanceof LogExpr)) {
      throw QueryException.badRequest(
          "rpc error: code = Code(400) desc = legacy endpoints only support streams result type");
    }
    Expr filtered = LegacyRegexp.applied(request, expr);
    return filtered.equals(expr) ? text : Printer.print(filtered);
  }

  private static Response encode(Request request, Held<Answer> held) {
    try (held) {
      return encode(held.value());
    }
  }

  private static Response encode(Answer answer) {
    JsonOutput out = new JsonOutput().raw("{\"streams\":[");
    String separator = "";
    for (ResultStream stream : ((QueryResult.Streams) answer.result()).byAllLabels()) {
      out.raw(separator).raw("{\"labels\":").string(stream.labels().toString());
      out.raw(",\"entries\":[");
      for (int i = 0; i < stream.entries().size(); i++) {
        LegacyEntryJson.write(out.raw(i == 0 ? "" : ","), stream.entries().get(i));
      }
      out.raw("]}");
      separator = ",";
    }
    StatsEncoder.encode(out.raw("],\"stats\":"), answer);
    return out.raw("}\n").reply();
  }
}
