package dev.skald.querier;

import java.util.Objects;

/**
 * Asks for all lines of a log query, oldest first.
 *
 * @param text LogQL
 * @param start first wanted time in unix nanoseconds
 * @param end first time that is not wanted any more
 * @param after where to go on; null to begin
 */
public record ExportQuery(String text, long start, long end, ExportCursor after) {
  public ExportQuery {
    Objects.requireNonNull(text, "text is null");
  }

  /** Returns the same query from a place on. */
  public ExportQuery after(ExportCursor cursor) {
    return new ExportQuery(text, start, end, cursor);
  }
}
