package dev.skald.querier;

import dev.skald.ingester.HeadEntries;
import dev.skald.storage.StoredVersion;
import dev.skald.storage.catalog.HeadId;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to be seen of some tenants, as of one moment.
 *
 * @param heads those that are not sealed
 * @param stored what is stored of each tenant
 */
record DataView(List<Head> heads, List<StoredVersion> stored) {

  /** What a tenant has in a head. */
  record Head(HeadId id, HeadEntries.Extent extent) {}

  /** Returns what there is of a range of time {@code [start, end)}, in unix nanoseconds. */
  DataVersion version(long start, long end) {
    List<DataVersion.Rows> rows = new ArrayList<>();
    for (Head head : heads) {
      if (head.extent.overlaps(start, end)) {
        rows.add(new DataVersion.Rows(head.id, head.extent.rows()));
      }
    }
    List<StoredVersion> versions = new ArrayList<>(stored.size());
    stored.forEach(all -> versions.add(all.within(start, end)));
    return new DataVersion(rows, versions);
  }
}
