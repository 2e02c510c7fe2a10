package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Stride;
import java.util.Arrays;

/** Keeps the samples themselves, for the functions that cannot do without. */
final class WindowFold implements SampleFold {
  /** A window takes in more samples than this step by step. */
  private static final int PART = 1 << 12;

  private final WindowFunction function;
  private final TimeBuckets buckets;
  private final QueryContext context;
  private final Stride work;
  private SampleSeries[] all = new SampleSeries[16];

  WindowFold(WindowFunction function, TimeBuckets buckets, QueryContext context) {
    this.function = function;
    this.buckets = buckets;
    this.context = context;
    this.work = context.work();
  }

  @Override
  public void accept(int series, long timestamp, double value) {
    if (buckets.find(timestamp) >= 0) {
      samples(series).add(timestamp, value);
    }
  }

  private SampleSeries samples(int series) {
    if (series >= all.length) {
      all = Arrays.copyOf(all, Math.max(series + 1, all.length * 2));
    }
    if (all[series] == null) {
      all[series] = new SampleSeries(context);
    }
    return all[series];
  }

  @Override
  public StepSeries finish(int series, Labels labels) {
    SampleSeries samples = series < all.length ? all[series] : null;
    if (samples == null) {
      return new StepSeries(labels, 0, 0);
    }
    all[series] = null;
    samples.sort();
    long[] times = samples.times();
    int size = samples.size();
    StepSeries result = new StepSeries(labels, 0, buckets.steps());
    WindowFunction.Window window = function.open(times, samples.values(), size, work);
    int movedFrom = 0;
    int movedTo = 0;
    int from = 0;
    int to = 0;
    for (int step = 0; step < buckets.steps(); step++) {
      from = firstAfter(times, from, size, buckets.windowStart(step));
      to = firstAfter(times, to, size, buckets.windowEnd(step));
      if (from < to) {
        for (; to - movedTo > PART; movedTo += PART) {
          window.move(movedFrom, movedTo + PART);
          work.step(PART);
        }
        window.move(from, to);
        movedFrom = from;
        movedTo = to;
        // A result may look at all samples of its window.
        work.step(to - from);
        result.set(step, window.result());
      }
    }
    samples.release();
    return result;
  }

  private static int firstAfter(long[] times, int start, int size, long time) {
    int index = start;
    while (index < size && times[index] <= time) {
      index++;
    }
    return index;
  }
}
