package dev.skald.logql.stage;

import dev.skald.logql.syntax.LabelPredicate;

/** {@code label > 5} (logql.md §12.2). */
final class NumberLabelTest extends ConvertedLabelTest {
  private final double expected;

  NumberLabelTest(LabelStore labels, LabelPredicate.Number predicate) {
    super(labels.slot(predicate.label()), predicate.comparison());
    this.expected = predicate.value();
  }

  @Override
  boolean convert(byte[] bytes, int from, int to) {
    return FloatText.parse(bytes, from, to, converted);
  }

  @Override
  boolean compare() {
    return comparison.test(converted.number, expected);
  }
}
