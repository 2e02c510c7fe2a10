package dev.skald.logql.eval;

import dev.skald.logql.Matcher;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.MetricExpr.Vector;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.StageExpr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the parts of {@code variants(…) of (…)} over their common data (logql.md §21): the entries
 * that the log range behind {@code of} selects and that pass its pipeline.
 *
 * <p>Of these a part takes what its own selector selects and its own pipeline lets pass. Stages
 * with which both pipelines begin are written twice but run once, and a part without an offset
 * takes that of the data. Window and unwrap are the part's alone.
 */
public final class VariantParts {
  private final LogRange data;

  /**
   * @param data the log range behind {@code of}
   */
  public VariantParts(LogRange data) {
    this.data = data;
  }

  /** Returns what is evaluated in place of a part, or of something in it. */
  public MetricExpr over(MetricExpr part) {
    return switch (part) {
      case RangeAggregation range ->
          new RangeAggregation(
              range.op(), range.parameter(), over(range.range()), range.grouping());
      case VectorAggregation vector ->
          new VectorAggregation(
              vector.op(), vector.parameter(), over(vector.inner()), vector.grouping());
      case Binary binary ->
          new Binary(
              binary.op(),
              binary.bool(),
              binary.matching(),
              over(binary.left()),
              over(binary.right()));
      case LabelReplace call ->
          new LabelReplace(
              over(call.inner()), call.target(), call.replacement(), call.source(), call.regex());
      case Vector vector -> vector;
      case Literal literal -> literal;
      case Variants _ -> throw new IllegalArgumentException("variants inside variants");
    };
  }

  private LogRange over(LogRange own) {
    long offset = own.offsetNanos() == 0 ? data.offsetNanos() : own.offsetNanos();
    return new LogRange(over(own.query()), own.unwrap(), own.rangeNanos(), offset);
  }

  private LogExpr over(LogExpr own) {
    Set<Matcher> matchers = new LinkedHashSet<>(data.query().matchers());
    matchers.addAll(own.matchers());
    List<StageExpr> stages = new ArrayList<>(data.query().stages());
    stages.addAll(own.stages().subList(commonStages(own), own.stages().size()));
    return new LogExpr(List.copyOf(matchers), stages);
  }

  /** Returns with how many equal stages the pipelines of the data and of a part begin. */
  private int commonStages(LogExpr own) {
    List<StageExpr> ofData = data.query().stages();
    List<StageExpr> ofPart = own.stages();
    int most = Math.min(ofData.size(), ofPart.size());
    int count = 0;
    while (count < most && ofData.get(count).equals(ofPart.get(count))) {
      count++;
    }
    return count;
  }
}
