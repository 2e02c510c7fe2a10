package dev.skald.logql.eval;

import dev.skald.logql.batch.Stride;

/**
 * {@code rate_counter} as Loki computes it (logql.md §16.3): meant as the rate of a counter that
 * may be reset, but it takes seconds for milliseconds, so that it hardly extrapolates.
 */
final class RateCounterFunction implements WindowFunction {
  private final double seconds;

  RateCounterFunction(double seconds) {
    this.seconds = seconds;
  }

  @Override
  public Window open(long[] times, double[] values, int size, Stride work) {
    return new CounterWindow(seconds, times, values);
  }

  private static final class CounterWindow implements Window {
    private final double seconds;
    private final long[] times;
    private final double[] values;
    private int from;
    private int to;

    CounterWindow(double seconds, long[] times, double[] values) {
      this.seconds = seconds;
      this.times = times;
      this.values = values;
    }

    @Override
    public void move(int newFrom, int newTo) {
      from = newFrom;
      to = newTo;
    }

    @Override
    public double result() {
      int size = to - from;
      if (size < 2) {
        return 0;
      }
      double first = values[from];
      double delta = increase();
      double sampled = (times[to - 1] - times[from]) / 1000.0;
      double average = sampled / (size - 1);
      double toStart = seconds;
      if (delta > 0 && first >= 0) {
        toStart = Math.min(toStart, sampled * (first / delta));
      }
      double extended = sampled + extension(toStart, average) + extension(0, average);
      return delta * (extended / sampled) / seconds;
    }

    private double increase() {
      double delta = values[to - 1] - values[from];
      for (int i = from + 1; i < to; i++) {
        if (values[i] < values[i - 1]) {
          delta += values[i - 1];
        }
      }
      return delta;
    }

    private static double extension(double distance, double average) {
      return distance < 1.1 * average ? distance : average / 2;
    }
  }
}
