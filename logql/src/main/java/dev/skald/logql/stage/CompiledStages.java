package dev.skald.logql.stage;

/**
 * The steps of a pipeline, ready to run.
 *
 * @param leading what the stored lines must pass before anything else is done, or null
 */
record CompiledStages(LeadingFilter leading, Stage[] stages) {

  /** Runs the stages behind the leading filter; false if the entry is dropped. */
  boolean process(Row row) {
    for (Stage stage : stages) {
      if (!stage.process(row)) {
        return false;
      }
    }
    return true;
  }
}
