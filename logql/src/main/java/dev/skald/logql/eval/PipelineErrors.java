package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;

/** Fails a metric query whose samples come from lines that a stage could not handle (§15.4). */
final class PipelineErrors {
  private static final String ERROR = "__error__";
  private static final String PRESERVE = "__preserve_error__";

  private PipelineErrors() {}

  /**
   * @throws QueryException if a series with these labels is one of failed samples
   */
  static void check(Labels labels) {
    String error = labels.getOrEmpty(ERROR);
    if (error.isEmpty() || labels.getOrEmpty(PRESERVE).equals("true")) {
      return;
    }
    throw QueryException.badRequest(
        "pipeline error: '%s' for series: '%s'.\n".formatted(error, labels)
            + "Use a label filter to intentionally skip this error. (e.g | __error__!=\"%s\").\n"
                .formatted(error)
            + "To skip all potential errors you can match empty errors.(e.g __error__=\"\")\n"
            + "The label filter can also be specified after unwrap."
            + " (e.g | unwrap latency | __error__=\"\" )\n");
  }
}
