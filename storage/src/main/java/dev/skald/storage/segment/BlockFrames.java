package dev.skald.storage.segment;

import dev.skald.storage.segment.SegmentInspection.Frame;
import dev.skald.storage.segment.SegmentInspection.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Says of each page of a block what it is for. Not safe for use by several threads. */
final class BlockFrames {
  private final BlockInfo info;
  private final List<Kind> kinds;
  private final List<List<String>> columns = new ArrayList<>();
  private final List<String> encodings;

  /**
   * @param names of all metadata of the segment
   */
  BlockFrames(BlockInfo info, List<String> names) {
    int pages = info.pages().size();
    this.info = info;
    this.kinds = new ArrayList<>(Collections.nCopies(pages, Kind.UNUSED));
    this.encodings = new ArrayList<>(Collections.nCopies(pages, ""));
    for (int page = 0; page < pages; page++) {
      columns.add(new ArrayList<>());
    }
    kinds.set(info.runs(), Kind.RUNS);
    kinds.set(info.times(), Kind.TIMES);
    kinds.set(info.lengths(), Kind.LENGTHS);
    info.linePages().forEach(page -> kinds.set(page.page(), Kind.LINES));
    for (BlockInfo.ColumnInfo column : info.columns()) {
      String name = names.get(column.name());
      if (column.presence() >= 0) {
        kinds.set(column.presence(), Kind.PRESENCE);
        columns.get(column.presence()).add(name);
      }
      // Columns with the same content name one page.
      kinds.set(column.values(), Kind.METADATA);
      columns.get(column.values()).add(name);
      encodings.set(column.values(), column.encoding().name().toLowerCase(Locale.ROOT));
    }
  }

  /** Returns the pages in file order, unchecked. */
  List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (int page = 0; page < kinds.size(); page++) {
      BlockInfo.PageRef ref = info.pages().get(page);
      frames.add(
          new Frame(
              kinds.get(page),
              columns.get(page),
              encodings.get(page),
              ref.offset(),
              ref.length(),
              0,
              ""));
    }
    return frames;
  }
}
