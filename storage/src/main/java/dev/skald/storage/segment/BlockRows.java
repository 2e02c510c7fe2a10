package dev.skald.storage.segment;

import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows that go into one block: by stream, then by time.
 *
 * @param runs in order; several may be of one stream
 * @param streams the ordinal of the stream of each run
 */
record BlockRows(List<StreamRun> runs, List<Integer> streams, int rows) {

  /** Cuts the rows of a segment into blocks. */
  static List<BlockRows> cut(List<StreamRows> streams, SegmentOptions options) {
    Cutter cutter = new Cutter(options);
    for (int ordinal = 0; ordinal < streams.size(); ordinal++) {
      for (StreamRun run : streams.get(ordinal).runs()) {
        cutter.add(run, ordinal);
      }
    }
    cutter.endBlock();
    return cutter.blocks;
  }

  private static final class Cutter {
    final List<BlockRows> blocks = new ArrayList<>();
    private final SegmentOptions options;
    private final Slice slice = new Slice();
    private List<StreamRun> runs = new ArrayList<>();
    private List<Integer> streams = new ArrayList<>();
    private int rows;
    private long bytes;

    Cutter(SegmentOptions options) {
      this.options = options;
    }

    void add(StreamRun run, int ordinal) {
      Column lines = run.batch().lines();
      int from = run.from();
      for (int row = run.from(); row < run.to(); row++) {
        if (!lines.read(row, slice)) {
          throw new IllegalArgumentException("row " + row + " of " + run.labels() + " has no line");
        }
        rows++;
        bytes += slice.length;
        if (rows == options.blockRows() || bytes >= options.blockBytes()) {
          addRows(run.rows(from, row + 1), ordinal);
          endBlock();
          from = row + 1;
        }
      }
      if (from < run.to()) {
        addRows(run.rows(from, run.to()), ordinal);
      }
    }

    private void addRows(StreamRun run, int ordinal) {
      runs.add(run);
      streams.add(ordinal);
    }

    void endBlock() {
      if (!runs.isEmpty()) {
        blocks.add(new BlockRows(runs, streams, rows));
        runs = new ArrayList<>();
        streams = new ArrayList<>();
        rows = 0;
        bytes = 0;
      }
    }
  }
}
