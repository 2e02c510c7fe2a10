package dev.skald.logql.eval;

/** Takes the series that a part of an expression yields, one by one. */
@FunctionalInterface
interface SeriesSink {
  /** Takes a series, possibly one without values. Several may have the same labels. */
  void accept(StepSeries series);
}
