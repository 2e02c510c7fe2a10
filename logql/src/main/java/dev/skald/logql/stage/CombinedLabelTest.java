package dev.skald.logql.stage;

/** Two tests of labels joined by {@code and} or {@code or} (logql.md §12.6). */
final class CombinedLabelTest implements LabelTest {
  private final LabelTest left;
  private final LabelTest right;
  private final boolean and;

  CombinedLabelTest(LabelTest left, LabelTest right, boolean and) {
    this.left = left;
    this.right = right;
    this.and = and;
  }

  /** Both sides of {@code and} always run, for the right one may record an error. */
  @Override
  public boolean test(Row row) {
    boolean first = left.test(row);
    return and ? right.test(row) && first : first || right.test(row);
  }
}
