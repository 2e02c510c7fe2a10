package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.BinaryOp;

/** Arithmetic and comparison of two numbers (logql.md §18.1, §18.4). */
public final class Arithmetic {
  private Arithmetic() {}

  /**
   * Returns what an operator makes of two numbers; a comparison gives 1 or 0. Whatever is divided
   * by zero, or its remainder, is NaN.
   *
   * @throws IllegalArgumentException for a set operator
   */
  public static double apply(BinaryOp op, double left, double right) {
    return switch (op) {
      case ADD -> left + right;
      case SUB -> left - right;
      case MUL -> left * right;
      case DIV -> right == 0 ? Double.NaN : left / right;
      case MOD -> right == 0 ? Double.NaN : left % right;
      case POW -> power(left, right);
      case EQUAL, NOT_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
          compare(op, left, right) ? 1 : 0;
      case OR, AND, UNLESS -> throw new IllegalArgumentException("set operator: " + op.text());
    };
  }

  /**
   * Returns whether a comparison holds; with a NaN only {@code !=} does.
   *
   * @throws IllegalArgumentException for any other operator
   */
  public static boolean compare(BinaryOp op, double left, double right) {
    return switch (op) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      default -> throw new IllegalArgumentException("not a comparison: " + op.text());
    };
  }

  /** As in Go, 1 to any power is 1, and so is -1 to an infinite one. */
  private static double power(double base, double exponent) {
    boolean one = base == 1 || base == -1 && Double.isInfinite(exponent);
    return one ? 1 : Math.pow(base, exponent);
  }
}
