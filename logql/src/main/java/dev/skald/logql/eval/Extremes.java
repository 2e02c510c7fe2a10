package dev.skald.logql.eval;

/** The smaller and the larger of two values; NaN only if both are (logql.md §16.2, §17). */
final class Extremes {
  private Extremes() {}

  static double smaller(double before, double value) {
    return value < before || Double.isNaN(before) ? value : before;
  }

  static double larger(double before, double value) {
    return value > before || Double.isNaN(before) ? value : before;
  }
}
