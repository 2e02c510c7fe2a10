package dev.skald.ingester.pattern;

import java.util.List;

/**
 * How often lines of one template and level came.
 *
 * @param pattern the template as a pattern filter reads it
 * @param level the detected level of the lines
 * @param samples in time order
 */
public record PatternSeries(String pattern, String level, List<Sample> samples) {
  public PatternSeries {
    samples = List.copyOf(samples);
  }

  /**
   * Lines of one step.
   *
   * @param second when it begins, in unix seconds
   */
  public record Sample(long second, long count) {}

  /** Returns how many lines there are in all. */
  public long lines() {
    return samples.stream().mapToLong(Sample::count).sum();
  }
}
