package dev.skald.logql.stage;

import dev.skald.logql.syntax.LabelPredicate;

/** {@code label > 5s}; durations compare as nanoseconds (logql.md §12.2). */
final class DurationLabelTest extends ConvertedLabelTest {
  private final long expected;

  DurationLabelTest(LabelStore labels, LabelPredicate.Duration predicate) {
    super(labels.slot(predicate.label()), predicate.comparison());
    this.expected = predicate.nanos();
  }

  @Override
  boolean convert(byte[] bytes, int from, int to) {
    return DurationText.parse(bytes, from, to, converted);
  }

  @Override
  boolean compare() {
    return comparison.test(Long.compare(converted.integer, expected), 0);
  }
}
