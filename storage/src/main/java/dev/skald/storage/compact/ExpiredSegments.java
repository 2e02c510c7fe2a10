package dev.skald.storage.compact;

import dev.skald.config.RetentionLimits;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.segment.StreamTotals;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the segments in which lines have expired. Streams that are kept equally long leave a
 * segment together, once the newest of their lines has expired: so a segment is written again once
 * a period, not once a stream. Not safe for use by several threads.
 */
final class ExpiredSegments {
  private static final Logger log = LoggerFactory.getLogger(ExpiredSegments.class);

  private final MergeStore store;
  private final Function<String, RetentionLimits> limits;

  /** When something expires in a segment that was looked into, by its number. */
  private Map<Long, Known> known = new HashMap<>();

  private record Known(RetentionLimits limits, long nextTime) {}

  /**
   * What to do.
   *
   * @param whole segments without a line that is kept
   * @param partly segments with some lines that are kept
   */
  record Found(List<SegmentEntry> whole, List<SegmentEntry> partly) {}

  ExpiredSegments(MergeStore store, Function<String, RetentionLimits> limits) {
    this.store = store;
    this.limits = limits;
  }

  /** Looks at all segments, and into those in which something may have expired since. */
  Found find(List<SegmentEntry> segments, Instant now) {
    List<SegmentEntry> whole = new ArrayList<>();
    List<SegmentEntry> partly = new ArrayList<>();
    Map<Long, Known> next = new HashMap<>();
    for (SegmentEntry entry : segments) {
      switch (look(entry, now, next)) {
        case NOTHING -> {}
        case SOME -> partly.add(entry);
        case ALL -> whole.add(entry);
      }
    }
    known = next;
    return new Found(whole, partly);
  }

  private enum Expired {
    NOTHING,
    SOME,
    ALL
  }

  private Expired look(SegmentEntry entry, Instant now, Map<Long, Known> next) {
    RetentionRules rules = new RetentionRules(limits.apply(entry.tenant()));
    if (entry.maxTime() < RetentionRules.firstKept(rules.longest(), now)) {
      return Expired.ALL;
    }
    boolean kept = entry.minTime() >= RetentionRules.firstKept(rules.shortest(), now);
    if (kept || rules.longest().equals(rules.shortest())) {
      return Expired.NOTHING;
    }
    Known before = known.get(entry.number());
    if (before != null
        && before.limits.equals(rules.limits())
        && RetentionRules.nanos(now) <= before.nextTime) {
      next.put(entry.number(), before);
      return Expired.NOTHING;
    }
    try {
      return lookInto(entry, rules, now, next);
    } catch (CorruptDataException corrupt) {
      log.warn("retention leaves {} alone, it cannot be read: {}", entry.key(), corrupt.toString());
      next.put(entry.number(), new Known(rules.limits(), Long.MAX_VALUE));
    } catch (IOException failure) {
      log.warn("retention cannot read {}, will try again: {}", entry.key(), failure.toString());
    }
    return Expired.NOTHING;
  }

  private Expired lookInto(
      SegmentEntry entry, RetentionRules rules, Instant now, Map<Long, Known> next)
      throws IOException {
    Map<Duration, Long> newest = new HashMap<>();
    for (StreamTotals stream : store.openToMerge(entry).streams()) {
      newest.merge(rules.period(stream.labels()), stream.maxTime(), Math::max);
    }
    long nextTime = Long.MAX_VALUE;
    int expired = 0;
    for (Map.Entry<Duration, Long> group : newest.entrySet()) {
      if (group.getValue() < RetentionRules.firstKept(group.getKey(), now)) {
        expired++;
      } else if (!group.getKey().equals(RetentionRules.FOR_EVER)) {
        nextTime = Math.min(nextTime, group.getValue() + group.getKey().toNanos());
      }
    }
    if (expired == 0) {
      next.put(entry.number(), new Known(rules.limits(), nextTime));
      return Expired.NOTHING;
    }
    return expired == newest.size() ? Expired.ALL : Expired.SOME;
  }
}
