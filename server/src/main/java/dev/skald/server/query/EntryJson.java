package dev.skald.server.query;

import dev.skald.logql.eval.LogEntry;

/** Writes an entry as an element of {@code values} (http-api.md §3.2, §3.3). */
final class EntryJson {
  private EntryJson() {}

  /**
   * @param categorize whether the entry tells its labels apart by where they come from
   */
  static void write(JsonOutput out, LogEntry entry, boolean categorize) {
    out.raw("[\"").number(entry.timestamp()).raw("\",").line(entry.line());
    if (categorize) {
      out.raw(",{");
      boolean metadata = entry.groups().structuredMetadata().size() > 0;
      if (metadata) {
        out.raw("\"structuredMetadata\":").labels(entry.groups().structuredMetadata(), false);
      }
      if (entry.groups().parsed().size() > 0) {
        out.raw(metadata ? "," : "").raw("\"parsed\":").labels(entry.groups().parsed(), false);
      }
      out.raw('}');
    }
    out.raw(']');
  }
}
