package dev.skald.logql.stage;

/**
 * The steps of a pipeline, ready to run.
 *
 * @param leadingTest what the stored lines must pass before anything else is done, or null
 */
record CompiledStages(LineTest leadingTest, Stage[] stages) {

  /** Runs the stages behind the leading test; false if the entry is dropped. */
  boolean process(Row row) {
    for (Stage stage : stages) {
      if (!stage.process(row)) {
        return false;
      }
    }
    return true;
  }
}
