package dev.skald.server.query;

import dev.skald.logql.eval.LogEntry;
import dev.skald.querier.tail.DroppedEntry;
import dev.skald.querier.tail.TailFrame;

/** The frames of {@code /api/prom/tail}: labels are texts, and times RFC 3339. */
record LegacyTailJson() implements TailEncoder {
  @Override
  public JsonOutput encode(TailFrame frame) {
    JsonOutput out = new JsonOutput().raw("{\"streams\":[");
    String separator = "";
    for (LogEntry entry : frame.entries()) {
      out.raw(separator).raw("{\"labels\":").string(entry.labels().toString());
      LegacyEntryJson.write(out.raw(",\"entries\":["), entry);
      out.raw("]}");
      separator = ",";
    }
    out.raw("],\"dropped_entries\":");
    if (frame.dropped().isEmpty()) {
      return out.raw("null}\n");
    }
    separator = "[";
    for (DroppedEntry entry : frame.dropped()) {
      out.raw(separator).raw("{\"Timestamp\":\"").raw(LegacyEntryJson.time(entry.timestamp()));
      out.raw("\",\"Labels\":").string(entry.labels().toString()).raw('}');
      separator = ",";
    }
    return out.raw("]}\n");
  }
}
