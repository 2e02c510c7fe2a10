package dev.skald.server.query;

import dev.skald.logql.batch.StreamStats;
import dev.skald.querier.ReportedSize;
import java.util.List;

/** Writes how much there is of some streams, counted as {@link ReportedSize} says. */
final class StreamsJson {
  private StreamsJson() {}

  static void write(JsonOutput out, List<StreamStats> streams) {
    long bytes = 0;
    long entries = 0;
    for (StreamStats stats : streams) {
      entries += stats.entries();
      bytes += ReportedSize.bytes(stats);
    }
    out.raw("{\"streams\":").number(streams.size());
    out.raw(",\"chunks\":").number((long) streams.size() * ReportedSize.COPIES);
    out.raw(",\"bytes\":").number(bytes);
    out.raw(",\"entries\":").number(entries * ReportedSize.COPIES).raw('}');
  }
}
