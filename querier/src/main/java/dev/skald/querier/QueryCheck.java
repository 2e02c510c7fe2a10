package dev.skald.querier;

import dev.skald.config.QueryLimits;
import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.Durations;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import java.time.Duration;

/** Checks a query against its tenant's limits before it runs (http-api.md §6). */
final class QueryCheck {
  private QueryCheck() {}

  /** Rejects a log query that asks for more entries than it may. */
  static void entries(QueryLimits limits, Expr expr, int limit) {
    int most = limits.maxEntriesLimitPerQuery();
    if (expr instanceof LogExpr && most > 0 && limit > most) {
      throw QueryException.badRequest(
          "max entries limit per query exceeded, limit > max_entries_limit_per_query (%d > %d)"
              .formatted(limit, most));
    }
  }

  /** Rejects a time range that is longer than it may be. */
  static void length(QueryLimits limits, long start, long end) {
    Duration most = limits.maxQueryLength();
    if (!most.isZero() && end - start > most.toNanos()) {
      throw QueryException.badRequest(
          "the query time range exceeds the limit (query length: %s, limit: %s)"
              .formatted(
                  Durations.printGo(end - start), Durations.printPrometheus(most.toNanos())));
    }
  }

  /** Rejects a log query where only numbers make sense. */
  static void metric(Expr expr) {
    if (expr instanceof LogExpr) {
      throw QueryException.badRequest(
          "log queries are not supported as an instant query type, please change your query to a"
              + " range query type");
    }
  }
}
