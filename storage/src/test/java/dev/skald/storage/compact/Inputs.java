package dev.skald.storage.compact;

import dev.skald.logql.batch.Batch;
import dev.skald.storage.Batches;
import dev.skald.storage.TestEntry;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.segment.SegmentFileWriter;
import dev.skald.storage.segment.SegmentLocation;
import dev.skald.storage.segment.SegmentOptions;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.SegmentWriter;
import dev.skald.storage.segment.WrittenSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Segments of one tenant and day in memory, and their merge. */
final class Inputs {
  static final SegmentOptions SMALL = new SegmentOptions(1, 16, 1 << 10, 128);
  static final long DAY = 20_000;
  static final long START = DAY * 86_400_000_000_000L;

  final MemoryStore store = new MemoryStore();
  final List<SegmentEntry> entries = new ArrayList<>();
  private final Path directory;
  long duplicates;

  Inputs(Path directory) {
    this.directory = directory;
  }

  static String key(int number) {
    return "segments/t/" + DAY + "/" + number + ".seg";
  }

  /** Adds a segment; the list is not changed. */
  Inputs add(List<TestEntry> rows) {
    return add(rows, SMALL);
  }

  Inputs add(List<TestEntry> rows, SegmentOptions options) {
    put(Batches.of(new ArrayList<>(rows)), options);
    return this;
  }

  SegmentEntry put(Batch batch, SegmentOptions options) {
    try (SegmentWriter writer = new SegmentWriter(options)) {
      return put(writer.write("t", List.of(batch)).getFirst());
    }
  }

  SegmentEntry put(WrittenSegment written) {
    int number = entries.size();
    store.put(key(number), written.content());
    SegmentEntry entry =
        new SegmentEntry(
            number,
            "t",
            DAY,
            0,
            key(number),
            written.bytes(),
            written.tailLength(),
            written.streams(),
            written.entries(),
            written.minTime(),
            written.maxTime(),
            OptionalLong.empty());
    entries.add(entry);
    return entry;
  }

  SegmentReader open(SegmentEntry entry) throws IOException {
    return SegmentReader.open(
        store, new SegmentLocation(entry.key(), entry.bytes(), entry.tailLength()));
  }

  List<TestEntry> merge() throws IOException {
    return merge(RowFilter.ALL, Pace.UNLIMITED, SMALL);
  }

  /** Merges all segments, opens the result and returns its rows; none if there is no result. */
  List<TestEntry> merge(RowFilter filter, Pace pace, SegmentOptions options) throws IOException {
    var written = written(filter, pace, options);
    if (written.isEmpty()) {
      return List.of();
    }
    SegmentReader reader = open(put(written.get()));
    return Batches.read(reader.select(Batches.EVERYTHING, Inputs::noCorruption));
  }

  /** Merges all segments. */
  Optional<WrittenSegment> written(RowFilter filter, Pace pace, SegmentOptions options)
      throws IOException {
    List<MergeSource> sources = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (SegmentEntry entry : entries) {
      SegmentReader reader = open(entry);
      names.addAll(reader.metadataNames());
      sources.add(new MergeSource(entry, reader));
    }
    try (SegmentFileWriter out =
            new SegmentFileWriter("t", DAY, names, options, directory.resolve("merged"));
        SegmentMerge merge = new SegmentMerge(sources, filter, pace, out)) {
      merge.run();
      duplicates = merge.duplicates();
      return out.finish();
    }
  }

  private static void noCorruption(dev.skald.storage.object.CorruptDataException what) {
    throw new AssertionError(what);
  }
}
