package dev.skald.logql.stage;

import dev.skald.logql.syntax.LabelPredicate.Comparison;

/**
 * A comparison of the value of a label as a number, a duration or a size (logql.md §12.2). An
 * absent label fails every one; a value that is none of the wanted kind passes, with an error.
 */
abstract sealed class ConvertedLabelTest implements LabelTest
    permits NumberLabelTest, DurationLabelTest, SizeLabelTest {
  private final LabelSlot slot;
  final Comparison comparison;
  final Converted converted = new Converted();

  ConvertedLabelTest(LabelSlot slot, Comparison comparison) {
    this.slot = slot;
    this.comparison = comparison;
  }

  /** Fills {@link #converted}; false with a message if the text has no value. */
  abstract boolean convert(byte[] bytes, int from, int to);

  /** Compares what was converted with what the filter asks for. */
  abstract boolean compare();

  @Override
  public boolean test(Row row) {
    if (!slot.present()) {
      return false;
    }
    if (convert(slot.bytes, slot.offset, slot.offset + slot.length)) {
      return compare();
    }
    row.labels.error.setIfNone(EntryError.LABEL_FILTER, converted.error);
    return true;
  }
}
