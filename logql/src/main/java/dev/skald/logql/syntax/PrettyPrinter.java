package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints expressions for people (http-api.md §7.13): what fits into a hundred characters stays on
 * one line, anything longer is split at its outermost construct and indented.
 */
public final class PrettyPrinter {
  private static final int MAX_WIDTH = 100;
  private static final String INDENT = "  ";

  private PrettyPrinter() {}

  /** Prints an expression. */
  public static String print(Expr expr) {
    return print(expr, 0);
  }

  private static String print(Expr expr, int level) {
    String line = Printer.print(expr);
    if (line.length() <= MAX_WIDTH) {
      return indent(level) + line;
    }
    return switch (expr) {
      case LogExpr log -> String.join("\n", pipeline(log, null, level));
      case RangeAggregation range -> rangeAggregation(range, level);
      case VectorAggregation vector -> vectorAggregation(vector, level);
      case Binary binary -> binary(binary, level);
      case LabelReplace replace -> labelReplace(replace, level);
      case Variants variants -> variants(variants, level);
      case MetricExpr.Vector _, MetricExpr.Literal _ -> indent(level) + line;
    };
  }

  private static String indent(int level) {
    return INDENT.repeat(level);
  }

  /** Selector and stages, one a line; line filters side by side share a line. */
  private static List<String> pipeline(LogExpr log, MetricExpr.Unwrap unwrap, int level) {
    List<String> lines = new ArrayList<>();
    lines.add(indent(level) + StagePrinter.selector(log.matchers()));
    boolean afterFilter = false;
    for (StageExpr stage : log.stages()) {
      boolean filter = stage instanceof StageExpr.LineFilter;
      if (filter && afterFilter) {
        lines.add(lines.removeLast() + " " + StagePrinter.stage(stage));
      } else {
        lines.add(indent(level + 1) + StagePrinter.stage(stage));
      }
      afterFilter = filter;
    }
    Printer.unwrap(unwrap).forEach(stage -> lines.add(indent(level + 1) + stage));
    return lines;
  }

  private static String logRange(LogRange range, int level) {
    String line = Printer.logRange(range);
    if (line.length() <= MAX_WIDTH) {
      return indent(level) + line;
    }
    return String.join("\n", pipeline(range.query(), range.unwrap(), level))
        + " "
        + Printer.window(range);
  }

  private static String rangeAggregation(RangeAggregation range, int level) {
    List<String> arguments = new ArrayList<>();
    if (range.parameter() != null) {
      arguments.add(indent(level + 1) + GoFloat.plain(range.parameter()));
    }
    arguments.add(logRange(range.range(), level + 1));
    return call(range.op().text(), arguments, level) + Printer.grouping(range.grouping());
  }

  private static String vectorAggregation(VectorAggregation vector, int level) {
    List<String> arguments = new ArrayList<>();
    if (vector.parameter() != 0) {
      arguments.add(indent(level + 1) + vector.parameter());
    }
    arguments.add(print(vector.inner(), level + 1));
    return call(Printer.vectorHead(vector), arguments, level);
  }

  private static String labelReplace(LabelReplace replace, int level) {
    List<String> arguments = new ArrayList<>();
    arguments.add(print(replace.inner(), level + 1));
    Printer.labelReplaceStrings(replace).forEach(text -> arguments.add(indent(level + 1) + text));
    return call("label_replace", arguments, level);
  }

  private static String variants(Variants variants, int level) {
    List<String> arguments = new ArrayList<>();
    variants.variants().forEach(variant -> arguments.add(print(variant, level + 1)));
    String range = logRange(variants.range(), level + 1);
    return call("variants", arguments, level) + " of (\n" + range + "\n" + indent(level) + ")";
  }

  /** A call with one argument a line. */
  private static String call(String name, List<String> arguments, int level) {
    return indent(level)
        + name
        + "(\n"
        + String.join(",\n", arguments)
        + "\n"
        + indent(level)
        + ")";
  }

  private static String binary(Binary binary, int level) {
    int precedence = ExprParser.precedence(binary.op());
    boolean rightFirst = binary.op() == MetricExpr.BinaryOp.POW;
    return operand(binary.left(), rightFirst ? precedence + 1 : precedence, level + 1)
        + "\n"
        + indent(level)
        + Printer.operator(binary)
        + "\n"
        + operand(binary.right(), rightFirst ? precedence : precedence + 1, level + 1);
  }

  /** Encloses a side that, split over lines, would be read in another order. */
  private static String operand(MetricExpr side, int lowest, int level) {
    boolean enclosed =
        side instanceof Binary binary
            && ExprParser.precedence(binary.op()) < lowest
            && Printer.print(side).length() > MAX_WIDTH;
    return enclosed
        ? indent(level) + "(\n" + print(side, level + 1) + "\n" + indent(level) + ")"
        : print(side, level);
  }
}
