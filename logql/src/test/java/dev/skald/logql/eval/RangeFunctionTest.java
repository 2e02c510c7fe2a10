package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.syntax.LogExpr;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeOp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The range functions over windows, against the plain definitions of logql.md §16.2. */
final class RangeFunctionTest {
  private static final QueryContext CONTEXT = new CountingContext();

  private record Sample(long time, double value) {}

  @Property(tries = 400)
  void bucketsGiveWhatThePlainDefinitionGives(
      @ForAll RangeOp op,
      @ForAll @LongRange(min = 1, max = 40) long step,
      @ForAll @LongRange(min = 0, max = 90) long range,
      @ForAll @LongRange(min = -50, max = 50) long offset,
      @ForAll @IntRange(min = 1, max = 60) int steps,
      @ForAll Random random) {
    StepGrid grid = new StepGrid(1000, step, steps);
    List<Sample> samples = samples(random, op);
    RangeAggregation aggregation = aggregation(op, range, offset);

    StepSeries result = fold(aggregation, grid, samples);

    samples.sort(Comparator.comparingLong(Sample::time));
    for (int k = 0; k < steps; k++) {
      long end = grid.time(k) - offset;
      List<Sample> window =
          samples.stream().filter(s -> s.time > end - range && s.time <= end).toList();
      assertThat(result.has(k)).as("step %d", k).isEqualTo(!window.isEmpty());
      if (!window.isEmpty()) {
        double wanted = plain(op, window, range / 1e9);
        assertThat(close(result.value(k), wanted))
            .as("step %d: %s instead of %s of %s", k, result.value(k), wanted, window)
            .isTrue();
      }
    }
  }

  private static boolean close(double a, double b) {
    return Double.compare(a, b) == 0 || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));
  }

  /** Runs of several streams: each in order of time, one after the other. */
  private static List<Sample> samples(Random random, RangeOp op) {
    List<Sample> samples = new ArrayList<>();
    boolean distinctTimes = op == RangeOp.FIRST_OVER_TIME || op == RangeOp.LAST_OVER_TIME;
    for (int run = random.nextInt(4); run >= 0; run--) {
      long time = 900 + random.nextInt(300);
      for (int i = random.nextInt(120); i > 0; i--) {
        time += random.nextInt(random.nextInt(20) == 0 ? 200 : 4) + (distinctTimes ? 1 : 0);
        long at = time;
        if (!distinctTimes || samples.stream().noneMatch(s -> s.time == at)) {
          samples.add(new Sample(time, random.nextInt(50) / 4.0));
        }
      }
    }
    return samples;
  }

  private static RangeAggregation aggregation(RangeOp op, long range, long offset) {
    LogExpr query = new LogExpr(List.of(), List.of());
    double phi = op == RangeOp.QUANTILE_OVER_TIME ? 0.7 : Double.NaN;
    return new RangeAggregation(op, phi, new LogRange(query, null, range, offset), null);
  }

  private static StepSeries fold(
      RangeAggregation aggregation, StepGrid grid, List<Sample> samples) {
    TimeBuckets buckets =
        new TimeBuckets(grid, aggregation.range().rangeNanos(), aggregation.range().offsetNanos());
    SampleFold fold = SampleFold.of(RangeFunction.of(aggregation), buckets, CONTEXT);
    samples.forEach(sample -> fold.accept(3, sample.time, sample.value));
    return fold.finish(3, Labels.EMPTY);
  }

  private static double plain(RangeOp op, List<Sample> window, double seconds) {
    double[] v = window.stream().mapToDouble(Sample::value).toArray();
    int n = v.length;
    return switch (op) {
      case COUNT_OVER_TIME, BYTES_OVER_TIME, SUM_OVER_TIME, ABSENT_OVER_TIME -> sum(v);
      case RATE, BYTES_RATE -> sum(v) / seconds;
      case AVG_OVER_TIME -> sum(v) / n;
      case MIN_OVER_TIME -> window.stream().mapToDouble(Sample::value).min().orElseThrow();
      case MAX_OVER_TIME -> window.stream().mapToDouble(Sample::value).max().orElseThrow();
      case STDVAR_OVER_TIME -> variance(v);
      case STDDEV_OVER_TIME -> Math.sqrt(variance(v));
      case FIRST_OVER_TIME -> v[0];
      case LAST_OVER_TIME -> v[n - 1];
      case QUANTILE_OVER_TIME -> quantile(0.7, v);
      case RATE_COUNTER -> rateCounter(window, seconds);
    };
  }

  private static double sum(double[] v) {
    double sum = 0;
    for (double one : v) {
      sum += one;
    }
    return sum;
  }

  private static double variance(double[] v) {
    double mean = sum(v) / v.length;
    double squares = 0;
    for (double one : v) {
      squares += (one - mean) * (one - mean);
    }
    return squares / v.length;
  }

  private static double quantile(double phi, double[] v) {
    double[] sorted = v.clone();
    java.util.Arrays.sort(sorted);
    double rank = phi * (v.length - 1);
    int low = (int) Math.floor(rank);
    int high = Math.min(v.length - 1, low + 1);
    double weight = rank - low;
    return sorted[low] * (1 - weight) + sorted[high] * weight;
  }

  private static double rateCounter(List<Sample> window, double seconds) {
    int n = window.size();
    if (n < 2) {
      return 0;
    }
    Sample first = window.getFirst();
    Sample last = window.getLast();
    double delta = last.value - first.value;
    for (int i = 1; i < n; i++) {
      double before = window.get(i - 1).value;
      delta += window.get(i).value < before ? before : 0;
    }
    double sampled = (last.time - first.time) / 1000.0;
    double average = sampled / (n - 1);
    double toStart = seconds;
    if (delta > 0 && first.value >= 0) {
      toStart = Math.min(toStart, sampled * (first.value / delta));
    }
    double extended = sampled + (toStart < 1.1 * average ? toStart : average / 2);
    extended += 0 < 1.1 * average ? 0 : average / 2;
    double result = delta * (extended / sampled) / seconds;
    return result;
  }

  @Example
  void meanSurvivesWhatASumWouldOverflow() {
    StepSeries mean =
        fold(
            aggregation(RangeOp.AVG_OVER_TIME, 30, 0),
            new StepGrid(0, 10, 4),
            new ArrayList<>(
                List.of(new Sample(5, 1e308), new Sample(15, 1e308), new Sample(25, 1e308))));

    assertThat(mean.value(3)).isEqualTo(1e308);
  }

  @Example
  void infiniteMeanStaysInfinite() {
    double infinity = Double.POSITIVE_INFINITY;
    StepSeries mean =
        fold(
            aggregation(RangeOp.AVG_OVER_TIME, 30, 0),
            new StepGrid(20, 10, 1),
            List.of(new Sample(5, infinity), new Sample(6, 1), new Sample(7, infinity)));

    assertThat(mean.value(0)).isEqualTo(infinity);
  }

  @Example
  void numbersHideNanFromMinimumAndMaximum() {
    List<Sample> samples = List.of(new Sample(5, Double.NaN), new Sample(15, 2), new Sample(16, 3));

    StepGrid grid = new StepGrid(10, 10, 2);
    StepSeries min = fold(aggregation(RangeOp.MIN_OVER_TIME, 20, 0), grid, samples);
    StepSeries max = fold(aggregation(RangeOp.MAX_OVER_TIME, 20, 0), grid, samples);

    assertThat(min.value(0)).isNaN();
    assertThat(min.value(1)).isEqualTo(2);
    assertThat(max.value(1)).isEqualTo(3);
  }

  @Example
  void memoryGrowsWithBucketsNotWithSamples() {
    CountingContext context = new CountingContext();
    TimeBuckets buckets = new TimeBuckets(new StepGrid(0, 100, 10), 100, 0);
    SampleFold fold = SampleFold.of(new SumFunction(), buckets, context);
    for (int i = 0; i < 100_000; i++) {
      fold.accept(0, i % 900, 1);
    }
    assertThat(context.reserved()).isLessThan(1000);

    fold.finish(0, Labels.EMPTY);
    assertThat(context.reserved()).isZero();
  }
}
