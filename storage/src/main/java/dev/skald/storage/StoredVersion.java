package dev.skald.storage;

import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.SegmentEntry;
import java.util.List;

/**
 * What is stored of a tenant, or a part of it. As long as two are equal the same entries can be
 * seen. Immutable.
 */
public record StoredVersion(List<SegmentEntry> segments, List<DeleteRequest> deletes) {
  private static final int OWN_BYTES = 128;
  private static final int BYTES_A_SEGMENT = 256;
  private static final int BYTES_A_REQUEST = 256;

  public StoredVersion {
    segments = List.copyOf(segments);
    deletes = List.copyOf(deletes);
  }

  /** Returns what of it may concern a range of time {@code [start, end)}, in unix nanoseconds. */
  public StoredVersion within(long start, long end) {
    return new StoredVersion(
        segments.stream().filter(segment -> segment.overlaps(start, end)).toList(),
        deletes.stream()
            .filter(request -> request.start() < end && request.end() >= start)
            .toList());
  }

  /** Returns about how many bytes of memory this takes, with what only it may still know. */
  public long memory() {
    long memory = OWN_BYTES + (long) segments.size() * BYTES_A_SEGMENT;
    for (DeleteRequest request : deletes) {
      memory += BYTES_A_REQUEST + request.query().length();
    }
    return memory;
  }
}
