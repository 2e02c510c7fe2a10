package dev.skald.logql.eval;

import java.util.ArrayList;
import java.util.List;

/** Keeps the series that have values, for whoever needs all of them at once. */
final class HeldSeries implements SeriesSink {
  private final QueryContext context;
  private final List<StepSeries> series = new ArrayList<>();

  HeldSeries(QueryContext context) {
    this.context = context;
  }

  @Override
  public void accept(StepSeries one) {
    if (!one.isEmpty()) {
      context.reserve(one.memory() + one.labels().memory());
      series.add(one);
    }
  }

  List<StepSeries> series() {
    return series;
  }
}
