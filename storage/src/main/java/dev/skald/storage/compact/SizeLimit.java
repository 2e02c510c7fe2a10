package dev.skald.storage.compact;

import dev.skald.storage.catalog.CatalogSnapshot;
import dev.skald.storage.catalog.Garbage;
import dev.skald.storage.catalog.SegmentEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much space segments may take: the oldest have to go for the others.
 *
 * @param maxBytes of all segments together; 0 for any
 * @param maxPercent of the volume that may be used, by whatever; 0 for any
 * @param volume how full the volume is; asked only if {@code maxPercent} is set
 */
public record SizeLimit(long maxBytes, double maxPercent, Volume volume) {
  private static final Logger log = LoggerFactory.getLogger(SizeLimit.class);

  /** No limit. */
  public static final SizeLimit NONE = new SizeLimit(0, 0, () -> new Usage(0, 0));

  /** Tells how full the volume of the segments is. */
  @FunctionalInterface
  public interface Volume {
    Usage usage() throws IOException;
  }

  /**
   * How full a volume is, in bytes.
   *
   * @param used by whatever
   */
  public record Usage(long used, long capacity) {}

  public SizeLimit {
    if (maxBytes < 0 || !(maxPercent >= 0 && maxPercent <= 100)) {
      throw new IllegalArgumentException(
          "at most " + maxBytes + " bytes and " + maxPercent + " percent");
    }
  }

  public boolean isSet() {
    return maxBytes > 0 || maxPercent > 0;
  }

  /** Returns the oldest segments, by their newest lines, that have to go. */
  List<SegmentEntry> excess(CatalogSnapshot catalog) throws IOException {
    List<SegmentEntry> segments = catalog.segments();
    long bytes = segments.stream().mapToLong(SegmentEntry::bytes).sum();
    long tooMuch = maxBytes > 0 ? bytes - maxBytes : 0;
    if (maxPercent > 0) {
      tooMuch = Math.max(tooMuch, overVolume(catalog, bytes));
    }
    return tooMuch > 0 ? oldest(segments, tooMuch) : List.of();
  }

  /** What is garbage will be free soon; so it is no reason to remove more. */
  private long overVolume(CatalogSnapshot catalog, long bytes) throws IOException {
    Usage usage = volume.usage();
    long garbage = catalog.garbage().stream().mapToLong(Garbage::bytes).sum();
    long allowed = (long) (usage.capacity() * (maxPercent / 100));
    long tooMuch = usage.used() - garbage - allowed;
    if (tooMuch > bytes) {
      log.error(
          "{} of {} bytes of the volume are used, more than {} percent even without segments;"
              + " retention_max_percent removes nothing",
          usage.used(),
          usage.capacity(),
          maxPercent);
      return 0;
    }
    return tooMuch;
  }

  private static List<SegmentEntry> oldest(List<SegmentEntry> segments, long bytes) {
    List<SegmentEntry> oldestFirst = new ArrayList<>(segments);
    oldestFirst.sort(
        Comparator.comparingLong(SegmentEntry::maxTime).thenComparingLong(SegmentEntry::number));
    List<SegmentEntry> chosen = new ArrayList<>();
    long freed = 0;
    for (SegmentEntry entry : oldestFirst) {
      if (freed >= bytes) {
        break;
      }
      chosen.add(entry);
      freed += entry.bytes();
    }
    return chosen;
  }
}
