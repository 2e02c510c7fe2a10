package dev.skald.server.status;

import java.time.Duration;
import java.util.stream.IntStream;

/** The bounds of histograms, as Loki has them (http-api.md §12). */
final class Buckets {
  private Buckets() {}

  /** Of times. */
  static Duration[] times() {
    return IntStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000)
        .mapToObj(Duration::ofMillis)
        .toArray(Duration[]::new);
  }

  /** Of sizes of messages: powers of four, from 4 B to 1 GiB. */
  static double[] sizes() {
    return powers(4, 4, 15);
  }

  /** Of bytes a second: doubled from 50 MB on. */
  static double[] rates() {
    return powers(50e6, 2, 10);
  }

  /** Of numbers of entries: powers of four. */
  static double[] counts() {
    return powers(1, 4, 12);
  }

  /** Of the ages of chunks. */
  static Duration[] ages() {
    return IntStream.of(1, 5, 10, 30, 60, 120, 240, 480)
        .mapToObj(Duration::ofMinutes)
        .toArray(Duration[]::new);
  }

  private static double[] powers(double first, double factor, int count) {
    return IntStream.range(0, count).mapToDouble(n -> first * Math.pow(factor, n)).toArray();
  }
}
