package dev.skald.storage.segment;

import dev.skald.logql.batch.Batch;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.util.List;

/** Writes segments into memory and opens them. */
final class TestSegments {
  static final String KEY = "segments/t/1/1.seg";
  static final SegmentOptions SMALL = new SegmentOptions(1, 16, 1 << 10, 128);

  private TestSegments() {}

  static SegmentLocation write(MemoryStore store, SegmentOptions options, List<Batch> batches) {
    try (SegmentWriter writer = new SegmentWriter(options)) {
      List<WrittenSegment> written = writer.write("t", batches);
      if (written.size() != 1) {
        throw new IllegalArgumentException(written.size() + " segments, wanted one day");
      }
      store.put(KEY, written.getFirst().content());
      return new SegmentLocation(KEY, written.getFirst().bytes(), written.getFirst().tailLength());
    }
  }

  static SegmentReader open(MemoryStore store, SegmentOptions options, List<Batch> batches)
      throws IOException {
    return SegmentReader.open(store, write(store, options, batches));
  }

  static void noCorruption(CorruptDataException what) {
    throw new AssertionError(what);
  }
}
