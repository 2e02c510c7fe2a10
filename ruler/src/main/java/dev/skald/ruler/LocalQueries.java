package dev.skald.ruler;

import dev.skald.logql.QueryException;
import dev.skald.logql.eval.Direction;
import dev.skald.logql.eval.LogEntry;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.querier.Answer;
import dev.skald.querier.Caller;
import dev.skald.querier.Held;
import dev.skald.querier.InstantQuery;
import dev.skald.querier.Querier;
import dev.skald.querier.RangeQuery;
import dev.skald.ruler.evaluate.RuleQueries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Answers the queries of rules in this process, as those of users are answered. */
public record LocalQueries(Querier querier) implements RuleQueries {
  private static final long NANOS = 1_000_000_000;
  private static final String ACTOR = "ruler";

  @Override
  public QueryResult evaluate(String tenant, String expression, Instant at)
      throws InterruptedException {
    InstantQuery query = new InstantQuery(expression, nanos(at), "");
    try (Held<Answer> answer = querier.instant(caller(tenant), query)) {
      return answer.value().result();
    }
  }

  @Override
  public Optional<String> lastLine(String tenant, String query, Instant at, Duration within)
      throws InterruptedException {
    long end = nanos(at) + 1;
    RangeParameters range =
        new RangeParameters(end - within.toNanos(), end, 1, 1, Direction.BACKWARD, 0);
    RangeQuery question = new RangeQuery(query, range, "");
    try (Held<Answer> answer = querier.range(caller(tenant), question)) {
      return switch (answer.value().result()) {
        case QueryResult.Streams lines ->
            lines.entries().stream().findFirst().map(LocalQueries::text);
        case QueryResult.Matrix _, QueryResult.Vector _, QueryResult.Scalar _ ->
            throw QueryException.badRequest("lines were wanted, this is a metric query");
      };
    }
  }

  /** The rules of a tenant take turns with its users. */
  private static Caller caller(String tenant) {
    return new Caller(tenant, ACTOR, Map.of("source", ACTOR));
  }

  private static String text(LogEntry entry) {
    return new String(entry.line(), StandardCharsets.UTF_8);
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
  }
}
