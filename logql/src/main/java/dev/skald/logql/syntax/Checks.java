package dev.skald.logql.syntax;

import dev.skald.logql.Matcher;
import dev.skald.logql.syntax.MetricExpr.BinaryOp;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeOp;
import dev.skald.logql.syntax.MetricExpr.VectorOp;
import java.util.List;

/**
 * The rules that a query must keep beyond the grammar (logql.md §5).
 *
 * <p>A breach is noted while the query is read and reported only when the whole text is read. Of
 * several the outermost and then the leftmost counts: the one whose construct begins first, and of
 * those that begin at the same place the one that was read completely last.
 */
final class Checks {
  private static final String EMPTY_SELECTOR =
      "queries require at least one regexp or equality matcher that does not have an"
          + " empty-compatible value. For instance, app=~\".*\" does not meet this requirement, but"
          + " app=~\".+\" will";

  private String breach;
  private int breachIndex = Integer.MAX_VALUE;

  /** Throws the breach that counts, if there is one. */
  void throwBreach() {
    if (breach != null) {
      throw new ParseException(0, 0, breach);
    }
  }

  /** Notes a breach of a construct that begins at a place; null is none. */
  private void note(Token.Place start, String message) {
    if (message != null && start.index() <= breachIndex) {
      breach = message;
      breachIndex = start.index();
    }
  }

  /** One matcher at least must reject the empty string. */
  void selector(Token.Place start, List<Matcher> matchers) {
    if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
      note(start, EMPTY_SELECTOR);
    }
  }

  /** Reads a number literal. */
  double number(Token token) {
    try {
      return GoFloat.parse(token.text());
    } catch (NumberFormatException noFloat) {
      note(token.place(), "unable to parse literal as a float: " + noFloat.getMessage());
      return 0;
    }
  }

  /**
   * @param parameter the number in front of the log range, or null
   */
  void rangeAggregation(Token op, Token parameter, LogRange range, boolean grouped) {
    RangeOp function = RangeOp.valueOf(op.kind().name());
    String message = rangeParameter(function, parameter);
    if (message == null && grouped && !allowsGrouping(function)) {
      message = "grouping not allowed for " + function.text() + " aggregation";
    }
    if (message == null && range.unwrap() != null && !allowsUnwrap(function)) {
      message = "invalid aggregation " + function.text() + " with unwrap";
    }
    if (message == null && range.unwrap() == null && !countsLines(function)) {
      message = "invalid aggregation " + function.text() + " without unwrap";
    }
    note(op.place(), message);
  }

  private static String rangeParameter(RangeOp op, Token parameter) {
    if (op == RangeOp.QUANTILE_OVER_TIME) {
      return parameter == null ? "parameter required for operation " + op.text() : null;
    }
    return parameter == null
        ? null
        : "parameter " + parameter.text() + " not supported for operation " + op.text();
  }

  private static boolean allowsGrouping(RangeOp op) {
    return switch (op) {
      case AVG_OVER_TIME,
          MIN_OVER_TIME,
          MAX_OVER_TIME,
          STDVAR_OVER_TIME,
          STDDEV_OVER_TIME,
          QUANTILE_OVER_TIME,
          FIRST_OVER_TIME,
          LAST_OVER_TIME ->
          true;
      default -> false;
    };
  }

  private static boolean allowsUnwrap(RangeOp op) {
    return switch (op) {
      case COUNT_OVER_TIME, BYTES_RATE, BYTES_OVER_TIME -> false;
      default -> true;
    };
  }

  private static boolean countsLines(RangeOp op) {
    return switch (op) {
      case RATE, COUNT_OVER_TIME, BYTES_RATE, BYTES_OVER_TIME, ABSENT_OVER_TIME -> true;
      default -> false;
    };
  }

  /**
   * Checks an aggregation over series and returns its k, or 0.
   *
   * @param parameter the number in front of the expression, or null
   * @param grouping null where none is written
   */
  int vectorAggregation(Token op, Token parameter, MetricExpr.Grouping grouping) {
    VectorOp function = VectorOp.valueOf(op.kind().name());
    boolean ranks = ranks(function);
    int k = ranks && parameter != null ? parameterK(op, function, parameter) : 0;
    if (ranks && parameter == null) {
      note(op.place(), "parameter required for operation " + function.text());
    } else if (!ranks && parameter != null) {
      note(
          op.place(),
          "unsupported parameter for operation " + function.text() + "(" + parameter.text() + ",");
    } else if (function == VectorOp.APPROX_TOPK && grouping != null) {
      note(op.place(), "grouping not allowed for approx_topk aggregation");
    } else if (sorts(function) && grouping != null && !isEmptyBy(grouping)) {
      note(op.place(), "sort and sort_desc doesn't allow grouping by ");
    }
    return k;
  }

  private int parameterK(Token op, VectorOp function, Token parameter) {
    String text = parameter.text();
    long k = text.chars().allMatch(c -> c >= '0' && c <= '9') ? decimal(text) : -1;
    if (k < 0) {
      note(op.place(), "invalid parameter " + function.text() + "(" + text + ",");
    } else if (k == 0) {
      note(
          op.place(), "invalid parameter (must be greater than 0) " + function.text() + "(" + text);
    }
    return (int) Math.min(k, Integer.MAX_VALUE);
  }

  private static long decimal(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLarge) {
      return -1;
    }
  }

  private static boolean ranks(VectorOp op) {
    return op == VectorOp.TOPK || op == VectorOp.BOTTOMK || op == VectorOp.APPROX_TOPK;
  }

  private static boolean sorts(VectorOp op) {
    return op == VectorOp.SORT || op == VectorOp.SORT_DESC;
  }

  static boolean isEmptyBy(MetricExpr.Grouping grouping) {
    return !grouping.without() && grouping.labels().isEmpty();
  }

  /** Both sides must be samples, and those of a set operator no literals. */
  boolean operands(Token.Place start, BinaryOp op, Expr left, Expr right) {
    String message = operandType("left", op, left);
    message = message != null ? message : operandType("right", op, right);
    if (op.set()) {
      message = message != null ? message : operandLiteral("left", op, left);
      message = message != null ? message : operandLiteral("right", op, right);
    }
    note(start, message);
    return message == null;
  }

  private static String operandType(String leg, BinaryOp op, Expr operand) {
    if (!(operand instanceof LogExpr log)) {
      return null;
    }
    String type = log.stages().isEmpty() ? "*syntax.MatchersExpr" : "*syntax.PipelineExpr";
    return "unexpected type for " + leg + " leg of binary operation (" + op.text() + "): " + type;
  }

  private static String operandLiteral(String leg, BinaryOp op, Expr operand) {
    if (!(operand instanceof MetricExpr.Literal literal)) {
      return null;
    }
    return "unexpected literal for "
        + leg
        + " leg of logical/set binary operation ("
        + op.text()
        + "): "
        + GoFloat.sixDecimals(literal.value());
  }

  /** Notes that a regular expression of {@code label_replace} is none. */
  void labelReplaceRegex(Token.Place start, String cause) {
    note(start, "invalid regex in label_replace: " + cause);
  }
}
