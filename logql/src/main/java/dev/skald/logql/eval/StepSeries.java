package dev.skald.logql.eval;

import dev.skald.logql.Labels;

/**
 * A series on its way through an expression: a value at each step, or none. It covers the steps
 * from {@link #first()} on, as many as it was made for; at others it has no value. Whoever makes
 * one fills it; whoever is handed one only reads. Not safe for use by several threads.
 */
final class StepSeries {
  private final Labels labels;
  private final int first;
  private final double[] values;
  private final StepBits present;

  StepSeries(Labels labels, int first, int length) {
    this(labels, first, new double[length], new StepBits(length));
  }

  private StepSeries(Labels labels, int first, double[] values, StepBits present) {
    this.labels = labels;
    this.first = first;
    this.values = values;
    this.present = present;
  }

  /** Returns a series with one value at all steps of a grid. */
  static StepSeries constant(Labels labels, double value, StepGrid grid) {
    StepSeries series = new StepSeries(labels, 0, grid.steps());
    for (int step = 0; step < grid.steps(); step++) {
      series.set(step, value);
    }
    return series;
  }

  /** Returns an empty series that covers the same steps. */
  StepSeries emptyCopy() {
    return new StepSeries(labels, first, values.length);
  }

  /** Returns the same values under other labels. */
  StepSeries withLabels(Labels newLabels) {
    return new StepSeries(newLabels, first, values, present);
  }

  Labels labels() {
    return labels;
  }

  int first() {
    return first;
  }

  boolean has(int step) {
    int index = step - first;
    return index >= 0 && index < values.length && present.has(index);
  }

  /** Returns the value at a step that has one. */
  double value(int step) {
    return values[step - first];
  }

  void set(int step, double value) {
    values[step - first] = value;
    present.set(step - first);
  }

  /** Returns the first step at or after a step that has a value, or -1. */
  int next(int from) {
    int index = present.next(Math.max(from - first, 0));
    return index < 0 ? -1 : index + first;
  }

  boolean isEmpty() {
    return present.next(0) < 0;
  }

  int count() {
    int count = 0;
    for (int step = next(0); step >= 0; step = next(step + 1)) {
      count++;
    }
    return count;
  }

  /** Returns how much work it is to look at each step, in points. */
  int work() {
    return 16 + values.length;
  }

  /** Returns roughly how many bytes a series of some steps holds. */
  static long memory(int steps) {
    return 128L + steps * 8L + steps / 8;
  }

  long memory() {
    return memory(values.length);
  }
}
