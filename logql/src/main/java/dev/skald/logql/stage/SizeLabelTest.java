package dev.skald.logql.stage;

import dev.skald.logql.syntax.LabelPredicate;

/** {@code label > 5KB}; sizes compare as unsigned numbers of bytes (logql.md §12.2). */
final class SizeLabelTest extends ConvertedLabelTest {
  private final long expected;

  SizeLabelTest(LabelStore labels, LabelPredicate.Bytes predicate) {
    super(labels.slot(predicate.label()), predicate.comparison());
    this.expected = predicate.bytes();
  }

  @Override
  boolean convert(byte[] bytes, int from, int to) {
    return SizeText.parse(bytes, from, to, converted);
  }

  @Override
  boolean compare() {
    return comparison.test(Long.compareUnsigned(converted.integer, expected), 0);
  }
}
