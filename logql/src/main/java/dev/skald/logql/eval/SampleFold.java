package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.stage.SampleSink;

/** Takes the samples of a range aggregation and turns them into a value a step for each series. */
interface SampleFold extends SampleSink {

  /** Returns the values of a series; none of a series that has had no sample in a window. */
  StepSeries finish(int series, Labels labels);

  static SampleFold of(RangeFunction function, TimeBuckets buckets, QueryContext context) {
    return switch (function) {
      case FoldFunction fold -> new BucketFold(fold, buckets, context);
      case WindowFunction window -> new WindowFold(window, buckets, context);
    };
  }
}
