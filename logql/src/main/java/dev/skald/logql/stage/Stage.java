package dev.skald.logql.stage;

/** One step of a pipeline. Bound to the row of its pipeline: one thread at a time. */
interface Stage {

  /** Works on an entry; returns false if it is to be dropped. */
  boolean process(Row row);
}
