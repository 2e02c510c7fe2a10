package dev.skald.logql.syntax;

import dev.skald.logql.Matcher;

/** What a label filter asks of the labels of an entry (logql.md §12). */
public sealed interface LabelPredicate {

  /** How a number, duration or size is compared. */
  enum Comparison {
    EQUAL("=="),
    NOT_EQUAL("!="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<=");

    private final String text;

    Comparison(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    /** Compares as IEEE 754 does: with a NaN only {@link #NOT_EQUAL} is true. */
    public boolean test(double left, double right) {
      return switch (this) {
        case EQUAL -> left == right;
        case NOT_EQUAL -> left != right;
        case GREATER -> left > right;
        case GREATER_OR_EQUAL -> left >= right;
        case LESS -> left < right;
        case LESS_OR_EQUAL -> left <= right;
      };
    }
  }

  /**
   * {@code label="text"} and its three relatives. Unlike in a selector, the dot of a regular
   * expression does not match a newline; the matcher here only carries name, type and value.
   */
  record Text(Matcher matcher) implements LabelPredicate {}

  /** {@code label > 5}. */
  record Number(String label, Comparison comparison, double value) implements LabelPredicate {}

  /** {@code label > 5s}; the value in nanoseconds, its text as written. */
  record Duration(String label, Comparison comparison, long nanos, String text)
      implements LabelPredicate {}

  /** {@code label > 5KB}; the value in bytes, unsigned, its text as written. */
  record Bytes(String label, Comparison comparison, long bytes, String text)
      implements LabelPredicate {}

  /** {@code label = ip("…")}, or {@code !=} when negative. */
  record Ip(String label, boolean negative, String pattern) implements LabelPredicate {}

  /** Both must hold; both are always evaluated. */
  record And(LabelPredicate left, LabelPredicate right) implements LabelPredicate {}

  /** One must hold; the right one is not evaluated if the left one does. */
  record Or(LabelPredicate left, LabelPredicate right) implements LabelPredicate {}
}
