package dev.skald.logql.stage;

import dev.skald.logql.syntax.LabelPredicate;

/** {@code label = ip("…")}: whether an address in the value is a wanted one (logql.md §12.5). */
final class IpLabelTest implements LabelTest {
  private final LabelSlot slot;
  private final boolean negative;
  private final IpPattern pattern;

  IpLabelTest(LabelStore labels, LabelPredicate.Ip predicate) {
    this.slot = labels.slot(predicate.label());
    this.negative = predicate.negative();
    this.pattern = IpPattern.parse(predicate.pattern());
  }

  @Override
  public boolean test(Row row) {
    if (row.labels.error.present()) {
      return true;
    }
    return slot.present()
        && pattern.find(slot.bytes, slot.offset, slot.offset + slot.length) != negative;
  }
}
