package dev.skald.logql.stage;

import dev.skald.logql.syntax.ParseException;

/**
 * A stage that reads well and cannot be compiled. Loki notices it only once it looks for the first
 * entry (logql.md §4.1), so that callers may have to tell it from other bad text.
 */
public final class MalformedStageException extends ParseException {
  private static final long serialVersionUID = 1L;

  /**
   * @param stage canonical text
   */
  MalformedStageException(String stage, String problem) {
    super(0, 0, "stage '" + stage + "' : " + problem);
  }
}
