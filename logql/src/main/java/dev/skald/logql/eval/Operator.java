package dev.skald.logql.eval;

import dev.skald.logql.syntax.LabelPredicate.Comparison;
import dev.skald.logql.syntax.MetricExpr.BinaryOp;

/** What the binary operators do with two numbers (logql.md §18.1, §18.2). */
final class Operator {
  private Operator() {}

  /** Computes {@code + - * / % ^}. */
  static double arithmetic(BinaryOp op, double left, double right) {
    return switch (op) {
      case ADD -> left + right;
      case SUB -> left - right;
      case MUL -> left * right;
      case DIV -> right == 0 ? Double.NaN : left / right;
      case MOD -> right == 0 ? Double.NaN : left % right;
      case POW -> power(left, right);
      case OR, AND, UNLESS, EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
          throw new IllegalArgumentException(op + " is no arithmetic");
    };
  }

  /** Go's {@code math.Pow}: as Java's, but 1 to any power is 1, and -1 to an infinite one. */
  private static double power(double base, double exponent) {
    boolean one = base == 1 || base == -1 && Double.isInfinite(exponent);
    return one ? 1 : Math.pow(base, exponent);
  }

  /** Computes the six comparisons; with a NaN only {@code !=} holds. */
  static boolean compare(BinaryOp op, double left, double right) {
    return comparison(op).test(left, right);
  }

  private static Comparison comparison(BinaryOp op) {
    return switch (op) {
      case EQUAL -> Comparison.EQUAL;
      case NOT_EQUAL -> Comparison.NOT_EQUAL;
      case GREATER -> Comparison.GREATER;
      case GREATER_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
      case LESS -> Comparison.LESS;
      case LESS_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
      case OR, AND, UNLESS, ADD, SUB, MUL, DIV, MOD, POW ->
          throw new IllegalArgumentException(op + " is no comparison");
    };
  }
}
