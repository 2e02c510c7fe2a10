/**
 * Evaluation: from an expression and a source of entries to streams, series or a number (logql.md
 * §16 to §20). {@link dev.skald.logql.eval.Engine} is the way in.
 *
 * <p>A log query keeps the entries that come first in its order ({@code LogQuery}, {@code
 * BestEntries}). A metric query walks its expression ({@code MetricEvaluator}): a range aggregation
 * folds samples into {@code TimeBuckets} and slides windows over them, and everything above it
 * works on {@code StepSeries}, one value a step. To add a range function, write a {@code
 * FoldFunction} or a {@code WindowFunction}; to add a vector aggregation, a {@code GroupFold}.
 */
package dev.skald.logql.eval;
