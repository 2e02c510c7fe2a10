package dev.skald.logql.stage;

import dev.skald.logql.Matcher;

/** {@code label = "text"} and its relatives (logql.md §12.1). */
final class TextLabelTest implements LabelTest {
  private final LabelSlot slot;
  private final TextTest test;

  TextLabelTest(LabelStore labels, Matcher matcher) {
    this.slot = labels.slot(matcher.name());
    this.test = new TextTest(matcher, false);
  }

  @Override
  public boolean test(Row row) {
    return test.test(slot);
  }
}
