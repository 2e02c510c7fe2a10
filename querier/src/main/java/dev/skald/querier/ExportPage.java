package dev.skald.querier;

import dev.skald.logql.eval.LogEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Some entries of an export.
 *
 * @param entries oldest first
 * @param cursors where the export has come to behind each of them
 * @param more whether others come after them
 */
public record ExportPage(List<LogEntry> entries, List<ExportCursor> cursors, boolean more) {
  public ExportPage {
    entries = List.copyOf(entries);
    cursors = List.copyOf(cursors);
  }

  /**
   * Returns the page of entries from which those are left out that stand before a cursor.
   *
   * @param after null for none
   */
  static ExportPage of(List<LogEntry> all, ExportCursor after, boolean more) {
    List<LogEntry> entries = new ArrayList<>(all.size());
    List<ExportCursor> cursors = new ArrayList<>(all.size());
    ExportCursor last = after == null ? new ExportCursor(Long.MIN_VALUE, 0, 0) : after;
    int known = after == null ? 0 : after.count();
    for (LogEntry entry : all) {
      if (after != null && (after.isPast(entry) || after.isAt(entry) && known-- > 0)) {
        continue;
      }
      last = last.next(entry);
      entries.add(entry);
      cursors.add(last);
    }
    return new ExportPage(entries, cursors, more);
  }

  public ExportCursor cursor(int index) {
    return cursors.get(index);
  }

  /** Returns where the export has come to, or null if there are no entries. */
  public ExportCursor last() {
    return cursors.isEmpty() ? null : cursors.getLast();
  }

  /** Returns where to go on, or null at the end. */
  public ExportCursor next() {
    return more ? last() : null;
  }
}
