package dev.skald.logql.stage;

/**
 * The steps of a pipeline, ready to run.
 *
 * @param leading what the stored lines must pass before anything else is done, or null
 */
record CompiledStages(LeadingFilter leading, Stage[] stages) {
  /** What a stage costs beside the line, which it may read, counted as bytes. */
  private static final int STAGE_WORK = 32;

  /** Runs the stages behind the leading filter; false if the entry is dropped. */
  boolean process(Row row) {
    for (Stage stage : stages) {
      row.work(STAGE_WORK + row.line.length);
      if (!stage.process(row)) {
        return false;
      }
    }
    return true;
  }
}
