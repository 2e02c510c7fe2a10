package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.BinaryOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code and}, {@code or} and {@code unless}: keep elements as they are, or not (§18.3). */
final class SetOperation {
  private final BinaryOp op;
  private final GroupKey key;
  private final int steps;
  private final QueryContext context;
  private final Stride work;

  SetOperation(Binary binary, StepGrid grid, QueryContext context) {
    this.op = binary.op();
    this.key = GroupKey.matching(binary.matching().on(), binary.matching().labels());
    this.steps = grid.steps();
    this.context = context;
    this.work = context.work();
  }

  void evaluate(List<StepSeries> left, List<StepSeries> right, SeriesSink sink) {
    switch (op) {
      case AND -> filter(left, presence(right), true, sink);
      case UNLESS -> filter(left, presence(right), false, sink);
      case OR -> {
        left.forEach(sink::accept);
        filter(right, presence(left), false, sink);
      }
      default -> throw new IllegalArgumentException(op + " is no set operator");
    }
  }

  /** Returns the steps at which a side has an element, by the key of the element. */
  private Map<Labels, StepBits> presence(List<StepSeries> side) {
    Map<Labels, StepBits> presence = new HashMap<>();
    for (StepSeries series : side) {
      work.step(series.work());
      StepBits bits = presence.computeIfAbsent(key.of(series.labels()), this::newBits);
      for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
        bits.set(step);
      }
    }
    return presence;
  }

  private StepBits newBits(Labels labels) {
    context.reserve(labels.memory() + steps / 8);
    return new StepBits(steps);
  }

  private void filter(
      List<StepSeries> side, Map<Labels, StepBits> other, boolean wanted, SeriesSink sink) {
    for (StepSeries series : side) {
      StepBits bits = other.get(key.of(series.labels()));
      StepSeries kept = series.emptyCopy();
      for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
        if ((bits != null && bits.has(step)) == wanted) {
          kept.set(step, series.value(step));
        }
      }
      sink.accept(kept);
    }
  }
}
