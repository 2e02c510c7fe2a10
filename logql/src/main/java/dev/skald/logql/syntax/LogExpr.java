package dev.skald.logql.syntax;

import dev.skald.logql.Matcher;
import java.util.List;

/**
 * A log query: a stream selector and the stages that its lines pass.
 *
 * @param matchers all must match; the parser has checked that one of them rejects the empty string
 * @param stages in the order of the text
 */
public record LogExpr(List<Matcher> matchers, List<StageExpr> stages) implements Expr {
  public LogExpr {
    matchers = List.copyOf(matchers);
    stages = List.copyOf(stages);
  }
}
