package dev.skald.ruler.evaluate;

import java.util.List;

/** Takes the samples of recording rules, and those of alerts. Safe for use by any thread. */
@FunctionalInterface
public interface SampleSink {
  /**
   * Takes the samples of one evaluation of one rule, without waiting for whoever they are sent to.
   * Samples of a series come in the order of their time.
   *
   * @param samples not empty
   */
  void append(String tenant, List<RecordedSample> samples);
}
