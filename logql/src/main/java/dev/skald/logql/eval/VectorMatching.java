package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.Matching.Cardinality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Arithmetic and comparison of two vectors: elements of equal key find each other at each step
 * (logql.md §18.3). The side of which an element may be used more than once is "the one side".
 */
final class VectorMatching {
  private final Binary binary;
  private final Matching matching;
  private final GroupKey key;
  private final int steps;
  private final QueryContext context;
  private final Stride work;
  private final boolean oneIsLeft;
  private final Map<Labels, Result> results = new LinkedHashMap<>();

  /** A series of the result, and the steps at which something was matched for it. */
  private record Result(StepSeries series, StepBits matched) {}

  VectorMatching(Binary binary, StepGrid grid, QueryContext context) {
    this.binary = binary;
    this.matching = binary.matching();
    this.key = GroupKey.matching(matching.on(), matching.labels());
    this.steps = grid.steps();
    this.context = context;
    this.work = context.work();
    this.oneIsLeft = matching.cardinality() == Cardinality.ONE_TO_MANY;
  }

  /**
   * @throws QueryException if an element finds more than one other where it may not
   */
  void evaluate(List<StepSeries> left, List<StepSeries> right, SeriesSink sink) {
    List<StepSeries> many = oneIsLeft ? right : left;
    Map<Labels, List<StepSeries>> one = byKey(oneIsLeft ? left : right, presence(many));
    Map<Labels, StepBits> matched = new HashMap<>();
    for (StepSeries series : many) {
      work.step(series.work());
      Labels signature = key.of(series.labels());
      for (StepSeries partner : one.getOrDefault(signature, List.of())) {
        work.step(series.work());
        match(series, partner, matched.computeIfAbsent(signature, any -> new StepBits(steps)));
      }
    }
    results.values().forEach(result -> sink.accept(result.series));
  }

  private StepBits presence(List<StepSeries> side) {
    StepBits presence = new StepBits(steps);
    for (StepSeries series : side) {
      work.step(series.work());
      for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
        presence.set(step);
      }
    }
    return presence;
  }

  /** Where the other side has no element at all, no duplicate on the one side does harm. */
  private Map<Labels, List<StepSeries>> byKey(List<StepSeries> one, StepBits otherSide) {
    Map<Labels, List<StepSeries>> byKey = new HashMap<>();
    Map<Labels, StepBits> taken = new HashMap<>();
    for (StepSeries series : one) {
      work.step(series.work());
      Labels signature = key.of(series.labels());
      StepBits bits = taken.computeIfAbsent(signature, any -> new StepBits(steps));
      for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
        if (bits.testAndSet(step) && otherSide.has(step)) {
          throw internal(
              "found duplicate series on the %s hand-side;many-to-many matching not allowed:"
                      .formatted(oneIsLeft ? "left" : "right")
                  + " matching labels must be unique on one side");
        }
      }
      byKey.computeIfAbsent(signature, any -> new ArrayList<>()).add(series);
    }
    return byKey;
  }

  private void match(StepSeries many, StepSeries one, StepBits matchedByKey) {
    Result result = null;
    for (int step = many.next(one.first()); step >= 0; step = many.next(step + 1)) {
      if (!one.has(step)) {
        continue;
      }
      result = result == null ? result(many.labels(), one.labels()) : result;
      checkUnique(result.matched, matchedByKey, step);
      compute(oneIsLeft ? one : many, oneIsLeft ? many : one, step, result.series);
    }
  }

  private void checkUnique(StepBits matchedByLabels, StepBits matchedByKey, int step) {
    boolean oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
    if (oneToOne && matchedByKey.testAndSet(step)) {
      throw internal(
          "multiple matches for labels: many-to-one matching must be explicit"
              + " (group_left/group_right)");
    }
    if (matchedByLabels.testAndSet(step)) {
      throw internal("multiple matches for labels: grouping labels must ensure unique matches");
    }
  }

  private static QueryException internal(String message) {
    return new QueryException(QueryException.Kind.INTERNAL, message);
  }

  private void compute(StepSeries left, StepSeries right, int step, StepSeries result) {
    double x = left.value(step);
    double y = right.value(step);
    if (!binary.op().comparison()) {
      result.set(step, Operator.arithmetic(binary.op(), x, y));
    } else if (binary.bool()) {
      result.set(step, Operator.compare(binary.op(), x, y) ? 1 : 0);
    } else if (Operator.compare(binary.op(), x, y)) {
      result.set(step, x);
    }
  }

  private Result result(Labels many, Labels one) {
    Labels labels = resultLabels(many, one);
    Result result = results.get(labels);
    if (result == null) {
      context.reserve(StepSeries.memory(steps) + steps / 8);
      result = new Result(new StepSeries(labels, 0, steps), new StepBits(steps));
      results.put(labels, result);
    }
    return result;
  }

  private Labels resultLabels(Labels many, Labels one) {
    boolean oneToOne = matching.cardinality() == Cardinality.ONE_TO_ONE;
    if (oneToOne && (matching.on() || !matching.labels().isEmpty())) {
      return key.of(many);
    }
    Labels.Builder labels = new Labels.Builder();
    for (int i = 0; i < many.size(); i++) {
      if (!many.value(i).isEmpty()) {
        labels.add(many.name(i), many.value(i));
      }
    }
    for (String name : matching.include()) {
      String value = one.getOrEmpty(name);
      labels.remove(name);
      if (!value.isEmpty()) {
        labels.add(name, value);
      }
    }
    return labels.build();
  }
}
