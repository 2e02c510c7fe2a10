package dev.skald.querier;

import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.StageExpr;
import java.util.Locale;

/** The kinds of queries that Loki tells apart, in metrics and in {@code blocked_queries}. */
public enum QueryType {
  /** It asks for numbers. */
  METRIC,
  /** It asks for lines that meet a filter. */
  FILTER,
  /** It asks for lines, and nothing but its limit keeps any out. */
  LIMITED;

  public static QueryType of(Expr expr) {
    if (!(expr instanceof LogExpr query)) {
      return METRIC;
    }
    boolean filters =
        query.stages().stream()
            .anyMatch(
                stage ->
                    stage instanceof StageExpr.LineFilter
                        || stage instanceof StageExpr.LabelFilter);
    return filters ? FILTER : LIMITED;
  }

  /** Returns its name as configuration and metrics spell it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
