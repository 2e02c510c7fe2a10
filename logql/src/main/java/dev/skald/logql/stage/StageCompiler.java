package dev.skald.logql.stage;

import dev.skald.logql.regex.Regex;
import dev.skald.logql.syntax.LabelPredicate;
import dev.skald.logql.syntax.LinePattern;
import dev.skald.logql.syntax.ParseException;
import dev.skald.logql.syntax.Printer;
import dev.skald.logql.syntax.StageExpr;
import dev.skald.logql.syntax.StageExpr.LabelFilter;
import dev.skald.logql.syntax.StageExpr.LineFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the stages of a query into steps that run, in the order of logql.md §8.4: within a segment
 * the line filters come first. Segments end behind whatever changes the line and around label
 * filters.
 */
final class StageCompiler {
  private final Row row;
  private final Instant now;
  private final boolean skipParsers;

  private final List<Stage> stages = new ArrayList<>();
  private final List<LineFilter> lineFilters = new ArrayList<>();
  private final List<StageExpr> others = new ArrayList<>();
  private LeadingFilter leading;

  /**
   * @param now the time that templates see as {@code now}
   * @param skipParsers whether no label is needed, so that parsers are checked but do not run
   *     (§8.6)
   */
  StageCompiler(Row row, Instant now, boolean skipParsers) {
    this.row = row;
    this.now = now;
    this.skipParsers = skipParsers;
  }

  /**
   * @throws ParseException if a stage is malformed
   */
  CompiledStages compile(List<StageExpr> exprs) {
    for (StageExpr expr : exprs) {
      switch (expr) {
        case LineFilter filter -> lineFilters.add(filter);
        case LabelFilter filter -> addLabelFilter(filter);
        case StageExpr.LineFormat format -> addLast(format);
        case StageExpr.Unpack unpack -> addLast(unpack);
        case StageExpr.Decolorize decolorize -> addLast(decolorize);
        default -> others.add(expr);
      }
    }
    endSegment();
    return new CompiledStages(leading, stages.toArray(Stage[]::new));
  }

  private void addLabelFilter(LabelFilter filter) {
    if (LabelFilterStage.alwaysTrue(filter.predicate())) {
      return;
    }
    endSegment();
    add(filter);
  }

  private void addLast(StageExpr expr) {
    others.add(expr);
    endSegment();
  }

  private void endSegment() {
    if (!lineFilters.isEmpty()) {
      addLineFilters();
    }
    others.forEach(this::add);
    lineFilters.clear();
    others.clear();
  }

  private void addLineFilters() {
    try {
      LineFilterStage stage = new LineFilterStage(lineFilters, row::look);
      if (leading == null && stages.isEmpty()) {
        leading = new LeadingFilter(stage);
      } else {
        stages.add(stage);
      }
    } catch (IllegalArgumentException e) {
      throw failure(lineFilters, e);
    }
  }

  private void add(StageExpr expr) {
    try {
      Stage stage = stage(expr);
      if (!(skipParsers && ColumnNeeds.isSkippable(expr))) {
        stages.add(stage);
      }
    } catch (IllegalArgumentException e) {
      throw failure(List.of(expr), e);
    }
  }

  private static ParseException failure(List<? extends StageExpr> exprs, RuntimeException cause) {
    return new MalformedStageException(Printer.print(exprs), cause.getMessage());
  }

  private Stage stage(StageExpr expr) {
    LabelStore labels = row.labels;
    return switch (expr) {
      case LineFilter filter -> new LineFilterStage(List.of(filter), row::look);
      case LabelFilter filter -> labelFilter(filter.predicate());
      case StageExpr.Json json ->
          json.extractions().isEmpty()
              ? new JsonStage(labels)
              : new JsonExpressionStage(row, json.extractions());
      case StageExpr.Logfmt logfmt -> logfmt(logfmt);
      case StageExpr.Regexp regexp ->
          new RegexpStage(labels, Regex.compile(regexp.pattern()), row::look);
      case StageExpr.Pattern pattern ->
          new PatternStage(labels, LinePattern.parse(pattern.pattern()));
      case StageExpr.Unpack unpack -> new UnpackStage(labels);
      case StageExpr.LineFormat format -> new LineFormatStage(row, format.template(), now);
      case StageExpr.LabelFormat format -> new LabelFormatStage(row, format.items(), now);
      case StageExpr.Decolorize decolorize -> new DecolorizeStage();
      case StageExpr.Drop drop -> new DropStage(labels, drop.items());
      case StageExpr.Keep keep -> new KeepStage(labels, keep.items());
    };
  }

  private Stage labelFilter(LabelPredicate predicate) {
    return new LabelFilterStage(LabelFilterStage.bind(predicate, row.labels));
  }

  private Stage logfmt(StageExpr.Logfmt logfmt) {
    return logfmt.extractions().isEmpty()
        ? new LogfmtStage(row.labels, logfmt.strict(), logfmt.keepEmpty())
        : new LogfmtExpressionStage(row.labels, logfmt.strict(), logfmt.extractions());
  }

  /**
   * Lets parsers test a label as soon as they have set it (§8.5): the first simple filter of each
   * label.
   */
  static void bindEarlyTests(List<StageExpr> exprs, LabelStore labels) {
    for (StageExpr expr : exprs) {
      if (!(expr instanceof LabelFilter filter)
          || LabelFilterStage.alwaysTrue(filter.predicate())) {
        continue;
      }
      String label = LabelFilterStage.soleLabel(filter.predicate());
      if (label != null && labels.slot(label).earlyTest == null) {
        labels.slot(label).earlyTest = LabelFilterStage.bind(filter.predicate(), labels);
      }
    }
  }
}
