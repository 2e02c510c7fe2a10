package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import java.util.Arrays;

/**
 * Folds samples into a partial result for each series and bucket, and slides windows over those.
 * Memory grows with the buckets between the first and the last sample of a series, not with the
 * number of samples.
 */
final class BucketFold implements SampleFold {
  private final FoldFunction function;
  private final TimeBuckets buckets;
  private final QueryContext context;
  private PartialSeries[] all = new PartialSeries[16];

  BucketFold(FoldFunction function, TimeBuckets buckets, QueryContext context) {
    this.function = function;
    this.buckets = buckets;
    this.context = context;
  }

  @Override
  public void accept(int series, long timestamp, double value) {
    int bucket = buckets.find(timestamp);
    if (bucket >= 0) {
      partials(series).add(bucket, timestamp, value);
    }
  }

  private PartialSeries partials(int series) {
    if (series >= all.length) {
      all = Arrays.copyOf(all, Math.max(series + 1, all.length * 2));
    }
    PartialSeries partials = all[series];
    if (partials == null) {
      partials = new PartialSeries(function, buckets.count(), context);
      all[series] = partials;
    }
    return partials;
  }

  @Override
  public StepSeries finish(int series, Labels labels) {
    PartialSeries partials = series < all.length ? all[series] : null;
    if (partials == null) {
      return new StepSeries(labels, 0, 0);
    }
    all[series] = null;
    int firstStep = buckets.firstStepOf(partials.first());
    int endStep = buckets.endStepOf(partials.last());
    StepSeries result = new StepSeries(labels, firstStep, endStep - firstStep);
    SlidingWindow window = new SlidingWindow(function, partials);
    for (int step = firstStep; step < endStep; step++) {
      if (window.move(buckets.firstOf(step), buckets.lastOf(step))) {
        result.set(step, window.result());
      }
    }
    partials.release();
    return result;
  }
}
