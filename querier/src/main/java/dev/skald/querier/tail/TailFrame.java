package dev.skald.querier.tail;

import dev.skald.logql.eval.LogEntry;
import java.util.List;

/**
 * What is sent to a tail in one go.
 *
 * @param entries in ascending time
 * @param dropped the first of those that were dropped since the last frame
 * @param live whether the entries have just come, or else were stored before the tail began
 */
public record TailFrame(List<LogEntry> entries, List<DroppedEntry> dropped, boolean live) {
  /** So many entries a frame has at most (http-api.md §8). */
  public static final int MOST_ENTRIES = 100;

  public TailFrame {
    entries = List.copyOf(entries);
    dropped = List.copyOf(dropped);
  }
}
