package dev.skald.logql.stage;

import dev.skald.logql.batch.Stride;
import java.util.List;

/** Alternatives of which one is enough, {@code |= "a" or "b"} (logql.md §9.2). For one thread. */
final class AnyLineTest implements LineTest {
  /** So many bytes are searched between two pauses. */
  private static final int PAUSE_EVERY = 1 << 20;

  /** What a search costs beside the bytes. */
  private static final int TEST_WORK = 32;

  private final LineTest[] tests;
  private final Stride work;

  AnyLineTest(List<LineTest> tests, Runnable pause) {
    this.tests = tests.toArray(LineTest[]::new);
    this.work = new Stride(pause, PAUSE_EVERY);
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    for (LineTest test : tests) {
      work.step(TEST_WORK + to - from);
      if (test.test(bytes, from, to)) {
        return true;
      }
    }
    return false;
  }
}
