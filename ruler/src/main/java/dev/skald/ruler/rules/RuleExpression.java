package dev.skald.ruler.rules;

import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.Parser;

/**
 * The query of a rule. Two are equal if their texts are.
 *
 * @param text as it was sent, which clients compare with what they have
 */
public record RuleExpression(String text, Expr expr) {
  /**
   * Reads a query.
   *
   * @throws QueryException if it is none
   */
  public static RuleExpression parse(String text) {
    return new RuleExpression(text, Parser.parse(text));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RuleExpression(String otherText, Expr otherExpr)
        && text.equals(otherText);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }
}
