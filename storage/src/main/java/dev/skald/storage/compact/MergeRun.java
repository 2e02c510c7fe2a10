package dev.skald.storage.compact;

import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.segment.SegmentFileWriter;
import dev.skald.storage.segment.SegmentOptions;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.WrittenSegment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** One merge from the open inputs to the edit of the catalog. */
final class MergeRun {
  private final MergeStore store;
  private final Merge merge;
  private final RowFilter filter;
  private final Pace pace;

  MergeRun(MergeStore store, Merge merge, RowFilter filter, Pace pace) {
    this.store = store;
    this.merge = merge;
    this.filter = filter;
    this.pace = pace;
  }

  /**
   * What a merge has come to.
   *
   * @param committed false if an input was gone, so that nothing has changed
   */
  record Outcome(boolean committed, long bytes, long duplicates) {}

  /**
   * Merges and replaces the inputs.
   *
   * @param file where the new segment lies until it is in the store
   */
  Outcome run(SegmentOptions options, Path file) throws IOException {
    List<MergeSource> sources = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>();
    for (SegmentEntry entry : merge.inputs()) {
      SegmentReader reader = store.openToMerge(entry);
      names.addAll(reader.metadataNames());
      sources.add(new MergeSource(entry, reader));
    }
    Merge.Group group = merge.group();
    try (SegmentFileWriter out =
            new SegmentFileWriter(group.tenant(), group.day(), names, options, file);
        SegmentMerge rows = new SegmentMerge(sources, filter, pace, out)) {
      rows.run();
      Optional<WrittenSegment> written = out.finish();
      // The last moment to give up before the store is written.
      pace.spend(0);
      boolean committed = store.replace(merge, written);
      long bytes = written.map(WrittenSegment::bytes).orElse(0L);
      return new Outcome(committed, bytes, rows.duplicates());
    }
  }
}
