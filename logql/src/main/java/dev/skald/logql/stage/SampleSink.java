package dev.skald.logql.stage;

/** Takes the samples that come out of the lines of a metric query. */
@FunctionalInterface
public interface SampleSink {
  /**
   * @param series number of the sample's series, from 0, given by the extractor
   * @param timestamp unix nanoseconds
   */
  void accept(int series, long timestamp, double value);
}
