package dev.skald.logql.syntax;

import dev.skald.logql.GoQuote;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.MetricExpr.Vector;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints expressions on one line in the canonical form (logql.md §6). The text reads back as an
 * equal expression, as long as its numbers are finite; unlike in Loki no threshold is rounded.
 */
public final class Printer {
  private static final long MILLISECOND = 1_000_000L;

  private Printer() {}

  /** Prints an expression. */
  public static String print(Expr expr) {
    return switch (expr) {
      case LogExpr log -> log(log);
      case RangeAggregation range -> rangeAggregation(range);
      case VectorAggregation vector -> vectorAggregation(vector);
      case Binary binary -> binary(binary);
      case LabelReplace replace -> labelReplace(replace);
      case Vector vector -> "vector(" + vectorValue(vector.value()) + ")";
      case Literal literal -> literal(literal.value());
      case Variants variants -> variants(variants);
    };
  }

  /** Prints a stage with its pipe, as in {@code | json a="b"}. */
  public static String print(StageExpr stage) {
    return StagePrinter.stage(stage);
  }

  /** Prints stages in a row; line filters side by side read as the one stage that they become. */
  public static String print(List<? extends StageExpr> stages) {
    return stages.stream().map(StagePrinter::stage).collect(Collectors.joining(" "));
  }

  private static String log(LogExpr log) {
    String selector = StagePrinter.selector(log.matchers());
    return log.stages().isEmpty() ? selector : selector + " " + print(log.stages());
  }

  static String logRange(LogRange range) {
    StringBuilder text = new StringBuilder(log(range.query()));
    for (String stage : unwrap(range.unwrap())) {
      text.append(' ').append(stage);
    }
    return text.append(window(range)).toString();
  }

  /** Prints {@code [5m]} and the offset. */
  static String window(LogRange range) {
    String window = "[" + Durations.printPrometheus(range.rangeNanos()) + "]";
    return range.offsetNanos() == 0 ? window : window + " offset " + offset(range.offsetNanos());
  }

  private static String offset(long nanos) {
    return nanos % MILLISECOND == 0 ? Durations.printPrometheus(nanos) : Durations.printGo(nanos);
  }

  /** Prints an unwrap and the filters behind it, each as a stage; null has none. */
  static List<String> unwrap(Unwrap unwrap) {
    if (unwrap == null) {
      return List.of();
    }
    boolean plain = unwrap.conversion() == Unwrap.Conversion.NONE;
    String label = plain ? unwrap.label() : unwrap.conversion().text() + "(" + unwrap.label() + ")";
    List<String> stages = new ArrayList<>();
    stages.add("| unwrap " + label);
    unwrap.filters().forEach(filter -> stages.add("| " + StagePrinter.predicate(filter)));
    return stages;
  }

  private static String rangeAggregation(RangeAggregation range) {
    return range.op().text()
        + "("
        + (range.parameter() == null ? "" : GoFloat.plain(range.parameter()) + ",")
        + logRange(range.range())
        + ")"
        + grouping(range.grouping());
  }

  private static String vectorAggregation(VectorAggregation vector) {
    return vectorHead(vector)
        + "("
        + (vector.parameter() == 0 ? "" : vector.parameter() + ",")
        + print(vector.inner())
        + ")";
  }

  static String vectorHead(VectorAggregation vector) {
    return vector.op().text() + grouping(vector.grouping());
  }

  static String grouping(Grouping grouping) {
    if (grouping == null) {
      return "";
    }
    return (grouping.without() ? " without " : " by ")
        + "("
        + String.join(",", grouping.labels())
        + ")";
  }

  private static String binary(Binary binary) {
    return "(" + print(binary.left()) + " " + operator(binary) + " " + print(binary.right()) + ")";
  }

  /** Prints an operator with its modifiers, {@code and on (a) group_left (b)}. */
  static String operator(Binary binary) {
    StringBuilder text = new StringBuilder(binary.op().text());
    if (binary.bool()) {
      text.append(" bool");
    }
    Matching matching = binary.matching();
    if (matching.equals(Matching.DEFAULT)) {
      return text.toString();
    }
    text.append(matching.on() ? " on " : " ignoring ").append(names(matching.labels()));
    switch (matching.cardinality()) {
      case ONE_TO_ONE -> {}
      case MANY_TO_ONE -> text.append(" group_left ").append(names(matching.include()));
      case ONE_TO_MANY -> text.append(" group_right ").append(names(matching.include()));
    }
    return text.toString();
  }

  private static String names(List<String> names) {
    return "(" + String.join(",", names) + ")";
  }

  private static String labelReplace(LabelReplace replace) {
    return "label_replace("
        + print(replace.inner())
        + ","
        + String.join(",", labelReplaceStrings(replace))
        + ")";
  }

  /** Prints the four strings behind the expression. */
  static List<String> labelReplaceStrings(LabelReplace replace) {
    return List.of(
        GoQuote.quote(replace.target()),
        GoQuote.quote(replace.replacement()),
        GoQuote.quote(replace.source()),
        GoQuote.quote(replace.pattern()));
  }

  private static String variants(Variants variants) {
    return variants.variants().stream()
        .map(Printer::print)
        .collect(
            Collectors.joining(", ", "variants(", ") of (" + logRange(variants.range()) + ")"));
  }

  /** A negative zero keeps a fraction: {@code -0} would be read as a duration. */
  private static String literal(double value) {
    boolean negativeZero = value == 0 && Double.doubleToRawLongBits(value) != 0;
    return negativeZero ? "-0.0" : GoFloat.general(value);
  }

  /** Six decimals, or more where the value needs them. */
  private static String vectorValue(double value) {
    String rounded = GoFloat.sixDecimals(value);
    return Double.parseDouble(rounded) == value ? rounded : GoFloat.plain(value);
  }
}
