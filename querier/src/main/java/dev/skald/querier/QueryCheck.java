package dev.skald.querier;

import dev.skald.config.QueryCostLimits;
import dev.skald.config.QueryLimits;
import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.Durations;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

  /** Rejects every query of a tenant that may run none. */
  static void enabled(QueryCostLimits limits) {
    if (limits.maxParallelism() == 0) {
      throw new QueryException(
          QueryException.Kind.OVERLOADED,
          "querying is disabled, please contact your Loki operator");
    }
  }

  /** Rejects selectors with too many matchers, too few, or without those that must be there. */
  static void selectors(QueryLimits limits, QueryCostLimits costs, Expr expr) {
    for (LogExpr selector : Selectors.of(expr)) {
      tooMany(limits.maxStreamsMatchersPerQuery(), selector.matchers());
      required(costs, selector.matchers());
    }
  }

  private static void tooMany(int most, List<Matcher> matchers) {
    if (most > 0 && matchers.size() > most) {
      throw QueryException.badRequest(
          "max streams matchers per query exceeded, matchers-count > limit (%d > %d)"
              .formatted(matchers.size(), most));
    }
  }

  private static void required(QueryCostLimits limits, List<Matcher> matchers) {
    List<String> present = matchers.stream().map(Matcher::name).toList();
    List<String> missing = new ArrayList<>(limits.requiredLabels());
    missing.removeAll(present);
    if (!missing.isEmpty()) {
      throw QueryException.badRequest(
          "stream selector is missing required matchers [%s], labels present in the query were [%s]"
              .formatted(String.join(", ", missing), String.join(", ", present)));
    }
    if (present.size() < limits.minimumLabels()) {
      throw QueryException.badRequest(
          "stream selector has less label matchers than required: (present: [%s], number_present:"
                  .formatted(String.join(", ", present))
              + " %d, required_number_label_matchers: %d)"
                  .formatted(present.size(), limits.minimumLabels()));
    }
  }
}
