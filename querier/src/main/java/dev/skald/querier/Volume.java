package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.eval.QueryResult;
import java.util.ArrayList;
import java.util.List;

/** Answers volume queries from what is known of streams without reading them. */
final class Volume {
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final EntrySource source;
  private final VolumeQuery query;
  private final int maxSeries;
  private final Stride work;

  /**
   * @param maxSeries how many series may come together; 0 for any number
   * @param work counts streams, groups and buckets
   */
  Volume(EntrySource source, VolumeQuery query, int maxSeries, Stride work) {
    this.source = source;
    this.query = query;
    this.maxSeries = maxSeries;
    this.work = work;
  }

  /** Returns the volumes of the whole range. */
  QueryResult total() {
    VolumeTotals totals = totals(query.start(), query.end());
    List<Labels> groups = totals.largest(maxSeries);
    return new QueryResult.Vector(
        Math.floorDiv(query.end(), NANOS_PER_MILLI),
        groups,
        groups.stream().mapToDouble(totals::of).toArray(),
        List.of());
  }

  /**
   * Returns the volumes over time.
   *
   * @param step in nanoseconds
   */
  QueryResult range(long step) {
    List<VolumeRange.Window> windows = new ArrayList<>();
    VolumeTotals all = new VolumeTotals(query, work);
    long from = query.start();
    for (long to : VolumeRange.windowEnds(query.start(), query.end(), step)) {
      VolumeTotals totals = totals(from, to);
      windows.add(new VolumeRange.Window(from, to, totals));
      all.add(totals);
      from = to;
    }
    return new VolumeRange(query.start(), query.end(), step, work)
        .result(all.largest(maxSeries), windows);
  }

  private VolumeTotals totals(long start, long end) {
    VolumeTotals totals = new VolumeTotals(query, work);
    totals.add(source.streams(query.matchers(), start, end));
    return totals;
  }
}
