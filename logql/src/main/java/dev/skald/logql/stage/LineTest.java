package dev.skald.logql.stage;

/** A test of the bytes of a line (logql.md §9). */
interface LineTest {

  /** Returns whether the line {@code [from, to)} stays. */
  boolean test(byte[] bytes, int from, int to);
}
