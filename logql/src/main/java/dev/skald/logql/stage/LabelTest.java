package dev.skald.logql.stage;

/** A test of the labels of an entry (logql.md §12). */
interface LabelTest {

  /** Returns whether the entry stays; a failed conversion is recorded in it. */
  boolean test(Row row);
}
