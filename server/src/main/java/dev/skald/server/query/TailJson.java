package dev.skald.server.query;

import dev.skald.logql.Labels;
import dev.skald.logql.eval.LogEntry;
import dev.skald.querier.tail.DroppedEntry;
import dev.skald.querier.tail.TailFrame;
import java.util.List;

/**
 * The frames of {@code /loki/api/v1/tail}: each entry is a stream of its own.
 *
 * @param plain whether the query has no stages; live entries then show their stream's labels alone,
 *     as in Loki
 */
record TailJson(EncodingFlags flags, boolean plain) implements TailEncoder {
  @Override
  public JsonOutput encode(TailFrame frame) {
    JsonOutput out = new JsonOutput().raw("{\"streams\":[");
    String separator = "";
    for (LogEntry entry : frame.entries()) {
      out.raw(separator).raw("{\"stream\":").labels(labels(entry, frame.live()), false);
      EntryJson.write(out.raw(",\"values\":["), entry, flags.categorize());
      out.raw("]}");
      separator = ",";
    }
    out.raw(']');
    dropped(out, frame.dropped());
    flags.write(out);
    return out.raw('}');
  }

  private Labels labels(LogEntry entry, boolean live) {
    return flags.categorize() || live && plain ? entry.groups().stream() : entry.labels();
  }

  private static void dropped(JsonOutput out, List<DroppedEntry> dropped) {
    if (dropped.isEmpty()) {
      return;
    }
    out.raw(",\"dropped_entries\":[");
    String separator = "";
    for (DroppedEntry entry : dropped) {
      out.raw(separator).raw("{\"timestamp\":\"").number(entry.timestamp());
      out.raw("\",\"labels\":").labels(entry.labels(), false).raw('}');
      separator = ",";
    }
    out.raw(']');
  }
}
