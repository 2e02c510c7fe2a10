package dev.skald.server.query;

import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.StageExpr;
import dev.skald.logql.syntax.StageExpr.LineFilter;
import dev.skald.server.http.Request;
import java.util.ArrayList;
import java.util.List;

/** The parameter {@code regexp} of old clients, a line filter more (http-api.md §7.14, §8). */
final class LegacyRegexp {
  private LegacyRegexp() {}

  /** Returns the query with the filter that the request names, if it names one. */
  static Expr applied(Request request, Expr query) {
    String regexp = request.parameter("regexp");
    if (regexp.isEmpty() || !(query instanceof LogExpr log)) {
      return query;
    }
    List<StageExpr> stages = new ArrayList<>(log.stages());
    stages.add(
        new LineFilter(LineFilter.Op.REGEX, List.of(new LineFilter.Alternative(regexp, false))));
    return new LogExpr(log.matchers(), stages);
  }
}
