package dev.skald.logql.stage;

import java.util.List;

/** Alternatives of which one is enough, {@code |= "a" or "b"} (logql.md §9.2). */
final class AnyLineTest implements LineTest {
  private final LineTest[] tests;

  AnyLineTest(List<LineTest> tests) {
    this.tests = tests.toArray(LineTest[]::new);
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    for (LineTest test : tests) {
      if (test.test(bytes, from, to)) {
        return true;
      }
    }
    return false;
  }
}
