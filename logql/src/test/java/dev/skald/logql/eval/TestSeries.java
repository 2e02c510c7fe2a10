package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes and reads series of a few steps in tests. */
final class TestSeries {
  private TestSeries() {}

  /** Returns a series with one value a step; null where it has none. */
  static StepSeries of(Labels labels, Double... values) {
    StepSeries series = new StepSeries(labels, 0, values.length);
    for (int step = 0; step < values.length; step++) {
      if (values[step] != null) {
        series.set(step, values[step]);
      }
    }
    return series;
  }

  /** Takes series and shows their points by labels and step. */
  static final class Shown implements SeriesSink {
    private final Map<String, String> shown = new TreeMap<>();
    private final List<Labels> order = new ArrayList<>();

    @Override
    public void accept(StepSeries series) {
      StringBuilder text = new StringBuilder();
      for (int step = series.next(0); step >= 0; step = series.next(step + 1)) {
        text.append(text.isEmpty() ? "" : " ").append(step).append(':').append(series.value(step));
      }
      if (!text.isEmpty()) {
        shown.merge(series.labels().toString(), text.toString(), (a, b) -> a + " | " + b);
        order.add(series.labels());
      }
    }

    Map<String, String> points() {
      return shown;
    }

    List<Labels> order() {
      return order;
    }
  }
}
