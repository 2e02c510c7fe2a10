package dev.skald.logql.stage;

import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.logql.syntax.MetricExpr.Unwrap.Conversion;

/** {@code | unwrap label}: the value of a label becomes the sample (logql.md §15.2). */
final class UnwrapStep {
  private static final long SECOND = 1_000_000_000L;

  final LabelSlot slot;
  private final Conversion conversion;
  private final LabelTest[] filters;
  private final Converted converted = new Converted();
  private double value;

  UnwrapStep(LabelStore labels, Unwrap unwrap) {
    this.slot = labels.slot(unwrap.label());
    this.conversion = unwrap.conversion();
    this.filters =
        unwrap.filters().stream()
            .map(filter -> LabelFilterStage.bind(filter, labels))
            .toArray(LabelTest[]::new);
  }

  /** Returns whether the entry gives a sample. */
  boolean process(Row row) {
    if (!slot.present() || slot.length == 0) {
      return false;
    }
    value = 0;
    if (convert()) {
      value = converted.number;
    } else {
      row.labels.error.setIfNone(EntryError.SAMPLE_EXTRACTION, converted.error);
    }
    for (LabelTest filter : filters) {
      if (!filter.test(row)) {
        return false;
      }
    }
    return true;
  }

  double value() {
    return value;
  }

  private boolean convert() {
    int from = slot.offset;
    int to = from + slot.length;
    return switch (conversion) {
      case NONE -> FloatText.parse(slot.bytes, from, to, converted);
      case DURATION, DURATION_SECONDS -> seconds(from, to);
      case BYTES -> size(from, to);
    };
  }

  private boolean seconds(int from, int to) {
    if (!DurationText.parse(slot.bytes, from, to, converted)) {
      return false;
    }
    long nanos = converted.integer;
    return converted.number(nanos / SECOND + (double) (nanos % SECOND) / SECOND);
  }

  /** A size is unsigned. */
  private boolean size(int from, int to) {
    return SizeText.parse(slot.bytes, from, to, converted)
        && converted.number(unsigned(converted.integer));
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : 2.0 * (value >>> 1 | value & 1);
  }
}
