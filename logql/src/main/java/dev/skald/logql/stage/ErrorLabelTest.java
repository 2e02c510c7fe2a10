package dev.skald.logql.stage;

import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Slice;

/** {@code __error__ = "text"} and its relatives: they see the error of the entry (§12.1). */
final class ErrorLabelTest implements LabelTest {
  private final TextTest test;

  ErrorLabelTest(Matcher matcher) {
    this.test = new TextTest(matcher, false);
  }

  @Override
  public boolean test(Row row) {
    Slice kind = row.labels.error.kind;
    return test.test(kind.bytes, kind.offset, kind.length);
  }
}
