package dev.skald.storage.compact;

import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.segment.SegmentReader;

/** A segment to merge: what the catalog says of it, and the open segment. */
record MergeSource(SegmentEntry entry, SegmentReader reader) {

  /** Returns the share of the stored bytes that some rows take. */
  long bytesOf(int rows) {
    return Math.ceilDiv(entry.bytes() * rows, Math.max(1, entry.entries()));
  }
}
