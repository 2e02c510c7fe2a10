package dev.skald.ruler;

import dev.skald.logql.QueryException;
import dev.skald.logql.eval.Direction;
import dev.skald.logql.eval.LogEntry;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.querier.InstantQuery;
import dev.skald.querier.Querier;
import dev.skald.querier.RangeQuery;
import dev.skald.ruler.evaluate.RuleQueries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Answers the queries of rules in this process, as those of users are answered. */
public record LocalQueries(Querier querier) implements RuleQueries {
  private static final long NANOS = 1_000_000_000;

  @Override
  public QueryResult evaluate(String tenant, String expression, Instant at)
      throws InterruptedException {
    return querier.instant(tenant, new InstantQuery(expression, nanos(at), "")).result();
  }

  @Override
  public Optional<String> lastLine(String tenant, String query, Instant at, Duration within)
      throws InterruptedException {
    long end = nanos(at) + 1;
    RangeParameters range =
        new RangeParameters(end - within.toNanos(), end, 1, 1, Direction.BACKWARD, 0);
    QueryResult result = querier.range(tenant, new RangeQuery(query, range, "")).result();
    return switch (result) {
      case QueryResult.Streams lines ->
          lines.entries().stream().findFirst().map(LocalQueries::text);
      case QueryResult.Matrix _, QueryResult.Vector _, QueryResult.Scalar _ ->
          throw QueryException.badRequest("lines were wanted, this is a metric query");
    };
  }

  private static String text(LogEntry entry) {
    return new String(entry.line(), StandardCharsets.UTF_8);
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
  }
}
