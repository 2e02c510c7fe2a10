package dev.skald.logql.stage;

import dev.skald.logql.batch.Columns;
import dev.skald.logql.syntax.LabelPredicate;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeOp;
import dev.skald.logql.syntax.StageExpr;
import java.util.List;
import java.util.Set;

/**
 * Works out what a metric query reads of an entry.
 *
 * <p>An entry with an error shows all its labels (logql.md §15.4), so all metadata is wanted as
 * soon as a stage may fail.
 */
final class ColumnNeeds {
  private ColumnNeeds() {}

  /**
   * @param stages those that run
   * @param required the labels that the query names
   * @param skipParsers whether parsers do not run
   */
  static Columns of(
      RangeAggregation aggregation,
      List<StageExpr> stages,
      SeriesLabels series,
      Set<String> required,
      boolean skipParsers) {
    boolean lines = countsBytes(aggregation.op());
    boolean mayFail = aggregation.range().unwrap() != null;
    for (StageExpr stage : stages) {
      boolean skipped = skipParsers && isSkippable(stage);
      lines |= !skipped && readsLine(stage);
      mayFail |= !skipped && mayFail(stage);
    }
    return series.parsesAll() || mayFail
        ? new Columns(lines, true, Set.of())
        : new Columns(lines, false, required);
  }

  static boolean countsBytes(RangeOp op) {
    return op == RangeOp.BYTES_OVER_TIME || op == RangeOp.BYTES_RATE;
  }

  /** Returns whether a stage does nothing where no label is needed (§8.6). */
  static boolean isSkippable(StageExpr stage) {
    return switch (stage) {
      case StageExpr.Json json -> true;
      case StageExpr.Logfmt logfmt -> true;
      case StageExpr.Pattern pattern -> true;
      case StageExpr.Unpack unpack -> true;
      default -> false;
    };
  }

  private static boolean readsLine(StageExpr stage) {
    return switch (stage) {
      case StageExpr.LabelFilter filter -> false;
      case StageExpr.Drop drop -> false;
      case StageExpr.Keep keep -> false;
      case StageExpr.LabelFormat format ->
          format.items().stream().anyMatch(item -> item.source().contains("__line__"));
      default -> true;
    };
  }

  private static boolean mayFail(StageExpr stage) {
    return switch (stage) {
      case StageExpr.Json json -> true;
      case StageExpr.Logfmt logfmt -> logfmt.strict();
      case StageExpr.Unpack unpack -> true;
      case StageExpr.LineFormat format -> true;
      case StageExpr.LabelFormat format -> format.items().stream().anyMatch(item -> !item.rename());
      case StageExpr.LabelFilter filter -> mayFail(filter.predicate());
      default -> false;
    };
  }

  private static boolean mayFail(LabelPredicate predicate) {
    return switch (predicate) {
      case LabelPredicate.And and -> mayFail(and.left()) || mayFail(and.right());
      case LabelPredicate.Or or -> mayFail(or.left()) || mayFail(or.right());
      case LabelPredicate.Text text -> false;
      case LabelPredicate.Ip ip -> false;
      default -> true;
    };
  }
}
