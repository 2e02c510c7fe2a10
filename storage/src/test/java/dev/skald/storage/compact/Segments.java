package dev.skald.storage.compact;

import dev.skald.storage.catalog.SegmentEntry;
import java.util.OptionalLong;

/** Makes entries of the catalog whose segments nobody reads. */
final class Segments {
  private Segments() {}

  static SegmentEntry of(String tenant, long day, long number, int level, long bytes) {
    String key = "segments/" + tenant + "/" + day + "/" + number + ".seg";
    return new SegmentEntry(
        number, tenant, day, level, key, bytes, 10, 2, 10, 0, 0, OptionalLong.empty());
  }
}
