package dev.skald.ruler.evaluate;

import dev.skald.config.RulerConfig;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What evaluation works with.
 *
 * @param executor evaluates groups, one a task; its size bounds how many at a time
 */
public record EvaluationEnvironment(
    RulerConfig config,
    RuleQueries queries,
    AlertSink alerts,
    SampleSink samples,
    AlertStates states,
    EvaluationListener listener,
    Executor executor,
    Clocks clocks) {

  /**
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  public record Clocks(InstantSource time, LongSupplier nanoTime) {}
}
