package dev.skald.storage.compact;

import dev.skald.storage.catalog.SegmentEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Remembers since when nothing was sealed or merged of a tenant's day, as far as this process has
 * seen. Not safe for use by several threads.
 */
public final class QuietDays {
  private record Newest(long number, Instant seen) {}

  private Map<Merge.Group, Newest> newest = Map.of();

  /** Looks at what is there now. */
  public void observe(Collection<SegmentEntry> segments, Instant now) {
    Map<Merge.Group, Newest> next = new HashMap<>();
    for (SegmentEntry entry : segments) {
      if (entry.level() < SegmentEntry.COLD) {
        next.merge(Merge.Group.of(entry), new Newest(entry.number(), now), QuietDays::later);
      }
    }
    next.replaceAll(
        (group, found) -> {
          Newest known = newest.get(group);
          return known != null && known.number >= found.number ? known : found;
        });
    newest = next;
  }

  private static Newest later(Newest a, Newest b) {
    return a.number >= b.number ? a : b;
  }

  /** Returns whether nothing changed for so long; a day that is all cold is quiet. */
  boolean isQuiet(Merge.Group group, Instant now, Duration least) {
    Newest known = newest.get(group);
    return known == null || !now.isBefore(known.seen.plus(least));
  }
}
