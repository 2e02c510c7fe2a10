package dev.skald.logql.eval;

import java.util.List;

/**
 * The first entries of a log query, oldest first, as many as there was room for.
 *
 * @param more whether there are entries after them
 */
public record EntryPage(List<LogEntry> entries, boolean more) {
  public EntryPage {
    entries = List.copyOf(entries);
  }
}
