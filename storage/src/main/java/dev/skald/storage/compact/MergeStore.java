package dev.skald.storage.compact;

import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.WrittenSegment;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a {@link Compactor} needs of the storage. Safe for use by any thread. */
public interface MergeStore {

  /** Returns all segments that are there now; those of a tenant are in order of arrival. */
  List<SegmentEntry> segments();

  /**
   * Opens a segment for a reading of all its rows, which no cache has to remember.
   *
   * @throws dev.skald.storage.object.CorruptDataException if it is not what was written
   */
  SegmentReader openToMerge(SegmentEntry entry) throws IOException;

  /**
   * Puts a segment in the place of those that it was made of: all of it or nothing.
   *
   * @param merged nothing where no row was to be kept
   * @return false, and nothing is changed, if one of them is not there any more
   */
  boolean replace(Merge merge, Optional<WrittenSegment> merged) throws IOException;

  /** Returns whether objects may be deleted that are in no use any more. */
  boolean hasGarbage(Instant now);

  /** Deletes them. */
  void sweep(Instant now) throws IOException;
}
