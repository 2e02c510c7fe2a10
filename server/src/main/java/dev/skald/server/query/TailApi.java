package dev.skald.server.query;

import dev.skald.logql.QueryException;
import dev.skald.logql.eval.LogEntry;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.stage.Pipeline;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.Parser;
import dev.skald.logql.syntax.Printer;
import dev.skald.querier.Answer;
import dev.skald.querier.Caller;
import dev.skald.querier.Querier;
import dev.skald.querier.tail.Tails;
import dev.skald.server.http.Request;
import dev.skald.server.http.Response;
import dev.skald.server.http.Router;
import dev.skald.server.http.Tenants;
import dev.skald.server.http.WebSocket;
import dev.skald.server.http.WebSocketHandshake;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** {@code /loki/api/v1/tail} and {@code /api/prom/tail} over WebSocket (http-api.md §8). */
public final class TailApi {
  private static final int MOST_DELAY = 5;
  private static final String ONLY_LOGS = "only log selector is supported";

  private final Tails tails;
  private final Querier querier;
  private final Tenants tenants;
  private final InstantSource clock;

  public TailApi(Tails tails, Querier querier, Tenants tenants, InstantSource clock) {
    this.tails = tails;
    this.querier = querier;
    this.tenants = tenants;
    this.clock = clock;
  }

  public void register(Router router) {
    router.addWithoutHead(
        "GET POST",
        "/loki/api/v1/tail",
        QueryErrors.handled(request -> tail(request, TailApi::current)));
    router.addWithoutHead(
        "GET POST",
        "/api/prom/tail",
        QueryErrors.handled(request -> tail(request, (asked, query) -> new LegacyTailJson())));
  }

  private interface Encoding {
    TailEncoder of(Request request, LogExpr query);
  }

  private static TailEncoder current(Request request, LogExpr query) {
    return new TailJson(EncodingFlags.of(request), query.stages().isEmpty());
  }

  private Response tail(Request request, Encoding encoding) {
    String tenant = tenants.single(request);
    Parameters parameters = new Parameters(request, clock);
    long start = parameters.bounds().start();
    int limit = parameters.limit();
    Duration delay = Duration.ofSeconds(delay(parameters));
    Expr expr = LegacyRegexp.applied(request, Parser.parse(request.parameter("query")));
    if (!(expr instanceof LogExpr query)) {
      return WebSocketHandshake.answer(
          request, socket -> socket.close(WebSocket.INTERNAL_ERROR, ONLY_LOGS));
    }
    Pipeline.compile(query);
    Caller caller = Callers.of(request, tenant);
    TailRequest wanted =
        new TailRequest(
            tenant, query, Printer.print(query), delay, start, limit, QueryTags.source(request));
    return WebSocketHandshake.answer(
        request,
        new TailSession(
            tails,
            before -> querier.range(caller, before).map(TailApi::stored),
            wanted,
            encoding.of(request, query)));
  }

  private static List<LogEntry> stored(Answer answer) {
    return ((QueryResult.Streams) answer.result()).entries();
  }

  private static int delay(Parameters parameters) {
    int delay = parameters.number("delay_for", 0);
    if (delay > MOST_DELAY) {
      throw QueryException.badRequest("delay_for can't be greater than " + MOST_DELAY);
    }
    return Math.max(delay, 0);
  }
}
