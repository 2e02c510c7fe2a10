package dev.skald.ruler;

import dev.skald.logql.eval.QueryResult;
import dev.skald.querier.InstantQuery;
import dev.skald.querier.Querier;
import dev.skald.ruler.evaluate.RuleQueries;
import java.time.Instant;

/** Answers the queries of rules in this process, as those of users are answered. */
public record LocalQueries(Querier querier) implements RuleQueries {
  private static final long NANOS = 1_000_000_000;

  @Override
  public QueryResult evaluate(String tenant, String expression, Instant at)
      throws InterruptedException {
    long time = Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano());
    return querier.instant(tenant, new InstantQuery(expression, time, "")).result();
  }
}
