package dev.skald.storage.compact;

import dev.skald.storage.catalog.SegmentEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides what to merge. Pure.
 *
 * <p>Segments of a tenant and UTC day stand in order of arrival; only neighbours are merged, so
 * that entries of equal time keep their order and each segment has a part of the day. A
 * <em>tier</em> merge takes some neighbours of like size: the larger they are, the more it must be.
 * A <em>cold</em> merge takes everything of a day that is over and quiet, once.
 */
public record MergePlanner(PlannerOptions options) {
  /** What is not larger than this part of the largest segment is cheap to write again. */
  private static final int SMALL_PART = 8;

  private static final Comparator<Merge.Group> NEWEST_DAY_FIRST =
      Comparator.comparingLong((Merge.Group group) -> -group.day())
          .thenComparing(Merge.Group::tenant);

  /**
   * Returns at most one merge a tenant and day, tier merges first.
   *
   * @param segments that may be merged, those of a tenant in order of arrival
   * @param quiet since when the days of tenants get nothing new
   */
  public List<Merge> plan(Collection<SegmentEntry> segments, QuietDays quiet, Instant now) {
    Map<Merge.Group, List<SegmentEntry>> groups = new TreeMap<>(NEWEST_DAY_FIRST);
    for (SegmentEntry entry : segments) {
      groups.computeIfAbsent(Merge.Group.of(entry), group -> new ArrayList<>()).add(entry);
    }
    List<Merge> tiers = new ArrayList<>();
    List<Merge> cold = new ArrayList<>();
    groups.forEach(
        (group, ofGroup) -> {
          if (isOver(group.day(), now) && quiet.isQuiet(group, now, options.coldAfter())) {
            addIfAny(coldMerge(ofGroup), cold);
          } else {
            addIfAny(tierMerge(ofGroup), tiers);
          }
        });
    tiers.addAll(cold);
    return tiers;
  }

  private static void addIfAny(Merge merge, List<Merge> merges) {
    if (merge != null) {
      merges.add(merge);
    }
  }

  private boolean isOver(long day, Instant now) {
    Instant end = Instant.EPOCH.plus(Duration.ofDays(day + 1));
    return !now.isBefore(end.plus(options.coldAfter()));
  }

  /** Returns the cheapest merge of neighbours that is worth it, or null. */
  private Merge tierMerge(List<SegmentEntry> segments) {
    List<SegmentEntry> best = null;
    long least = Long.MAX_VALUE;
    for (int from = 0; from < segments.size(); from++) {
      Sums sums = new Sums();
      int most = Math.min(segments.size(), from + options.mostInputs());
      for (int to = from; to < most && sums.add(segments.get(to), options); to++) {
        int count = to - from + 1;
        boolean worthIt = isWorthIt(count, sums);
        // Of merges with the same largest input the longer one saves a later merge.
        if (worthIt && (sums.largest < least || sums.largest == least && count > best.size())) {
          least = sums.largest;
          best = segments.subList(from, to + 1);
        }
      }
    }
    if (best == null) {
      return null;
    }
    boolean allCold = best.stream().allMatch(entry -> entry.level() == SegmentEntry.COLD);
    return new Merge(allCold ? SegmentEntry.COLD : SegmentEntry.MERGED, best);
  }

  /** Small segments are merged early, as it costs little; larger ones are to be written rarely. */
  private boolean isWorthIt(int count, Sums sums) {
    boolean small = sums.bytes <= options.mostBytes() / SMALL_PART;
    int more = Math.min(options.mostInputs(), options.leastInputs() * 3 / 2);
    int leastInputs = small ? options.leastInputs() : more;
    return count >= leastInputs && sums.bytes >= (small ? 2 : 3) * sums.largest;
  }

  /** Returns the first merge of neighbours that are not all cold, or null. */
  private Merge coldMerge(List<SegmentEntry> segments) {
    long warm =
        segments.stream()
            .filter(entry -> entry.level() < SegmentEntry.COLD)
            .mapToLong(SegmentEntry::bytes)
            .sum();
    if (warm == 0) {
      return tierMerge(segments);
    }
    List<SegmentEntry> inputs = new ArrayList<>();
    Sums sums = new Sums();
    for (SegmentEntry entry : segments) {
      // What is cold already is only worth a merge with about as much that is not.
      boolean stays = entry.level() == SegmentEntry.COLD && entry.bytes() > warm;
      boolean fits = !stays && inputs.size() < options.mostInputs() && sums.add(entry, options);
      if (fits) {
        inputs.add(entry);
        continue;
      }
      if (hasWarm(inputs)) {
        break;
      }
      inputs.clear();
      sums = new Sums();
      if (!stays) {
        sums.add(entry, options);
        inputs.add(entry);
      }
    }
    return hasWarm(inputs) ? new Merge(SegmentEntry.COLD, inputs) : null;
  }

  private static boolean hasWarm(List<SegmentEntry> inputs) {
    return inputs.stream().anyMatch(entry -> entry.level() < SegmentEntry.COLD);
  }

  /** What the inputs of a merge come to. */
  private static final class Sums {
    private long bytes;
    private long streams;
    private long entries;
    private long largest;
    private int count;

    /** Adds a segment; false if it does not fit any more. */
    boolean add(SegmentEntry entry, PlannerOptions options) {
      bytes += entry.bytes();
      streams += entry.streams();
      entries += entry.entries();
      largest = Math.max(largest, entry.bytes());
      boolean fits =
          bytes <= options.mostBytes()
              && streams <= options.mostStreams()
              && entries <= options.mostEntries();
      return count++ == 0 || fits;
    }
  }
}
