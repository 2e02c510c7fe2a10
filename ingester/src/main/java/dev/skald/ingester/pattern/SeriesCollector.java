package dev.skald.ingester.pattern;

import dev.skald.ingester.pattern.PatternSeries.Sample;
import dev.skald.logql.batch.Stride;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up the counts of templates that read the same. */
final class SeriesCollector {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private record Key(String pattern, String level) {}

  /** So many samples are added up between two pauses. */
  private static final int SAMPLES_A_PAUSE = 1 << 15;

  private final Map<Key, Samples> found = new HashMap<>();
  private final Stride work;

  SeriesCollector(Runnable pause) {
    this.work = new Stride(pause, SAMPLES_A_PAUSE);
  }

  /** Counts a stream that was looked at. */
  void stream() {
    work.step();
  }

  /** Adds what a template counted from one time to another, in intervals. */
  void add(Template template, String level, long start, long end) {
    Samples from = template.samples;
    int first = 0;
    while (first < from.size() && from.time(first) < start) {
      first++;
    }
    if (first == from.size() || from.time(first) >= end) {
      return;
    }
    Samples sum = found.computeIfAbsent(new Key(template.pattern(), level), key -> new Samples());
    for (int i = first; i < from.size() && from.time(i) < end; i++) {
      sum.add(from.time(i), from.count(i));
    }
  }

  /**
   * Returns the series, those with most lines first.
   *
   * @param interval of the samples, in nanoseconds
   * @param step to whose multiples the times of the samples are cut, in nanoseconds
   */
  List<PatternSeries> series(long interval, long step) {
    List<PatternSeries> series = new ArrayList<>(found.size());
    found.forEach(
        (key, samples) -> {
          work.step(samples.size());
          series.add(new PatternSeries(key.pattern, key.level, cut(samples, interval, step)));
        });
    series.sort(
        work.counting(
            Comparator.comparingLong(PatternSeries::lines)
                .reversed()
                .thenComparing(PatternSeries::pattern)
                .thenComparing(PatternSeries::level)));
    return series;
  }

  private static List<Sample> cut(Samples samples, long interval, long step) {
    List<Sample> cut = new ArrayList<>();
    long second = 0;
    long count = 0;
    for (int i = 0; i < samples.size(); i++) {
      long time = samples.time(i) * interval;
      long at = Math.floorDiv(time - Math.floorMod(time, step), NANOS_PER_SECOND);
      if (count > 0 && at != second) {
        cut.add(new Sample(second, count));
        count = 0;
      }
      second = at;
      count += samples.count(i);
    }
    cut.add(new Sample(second, count));
    return cut;
  }
}
