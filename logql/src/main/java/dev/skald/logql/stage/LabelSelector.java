package dev.skald.logql.stage;

import dev.skald.logql.syntax.StageExpr.Item;

/** A label that {@code drop} or {@code keep} names, with a condition on its value or without. */
final class LabelSelector {
  final LabelSlot slot;
  private final TextTest test;

  LabelSelector(LabelStore labels, Item item) {
    this.slot = labels.slot(item.label());
    this.test = item.matcher() == null ? null : new TextTest(item.matcher(), true);
  }

  /** Returns whether the value of the label meets the condition; an absent one is empty. */
  boolean matches() {
    return test == null || test.test(slot);
  }

  boolean matches(byte[] bytes, int offset, int length) {
    return test == null || test.test(bytes, offset, length);
  }
}
