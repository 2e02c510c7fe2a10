package dev.skald.delivery;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Who takes recorded metrics; it can be stopped and started, and forgets nothing. */
interface MetricStore extends AutoCloseable {
  URI url();

  void start();

  void stop();

  /** The value that a metric of one series has now, if it has one. */
  Optional<Double> now(String metric);

  /** When the metric had values, in milliseconds, in order. */
  List<Long> times(String metric);

  @Override
  void close();
}
