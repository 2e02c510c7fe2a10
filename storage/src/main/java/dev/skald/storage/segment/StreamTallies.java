package dev.skald.storage.segment;

import dev.skald.logql.Labels;
import dev.skald.storage.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The sums of all streams of a segment that is being written. Those of a stream whose last block is
 * written shrink to what the segment says of it. Not safe for use by several threads.
 */
final class StreamTallies {
  /** By ordinal; null for a stream that is closed. */
  private final List<StreamTally> open = new ArrayList<>();

  private final List<StreamTotals> totals = new ArrayList<>();
  private final ByteWriter counts = new ByteWriter(1 << 12);

  /** Begins the next stream and returns its ordinal. */
  int open(Labels labels, long hash) {
    open.add(new StreamTally(labels, hash));
    return open.size() - 1;
  }

  /** Returns the sums of a stream that is open. */
  StreamTally of(int ordinal) {
    return open.get(ordinal);
  }

  /** Closes the streams before an ordinal: all their entries were added. */
  void closeBefore(int ordinal) {
    for (int closed = totals.size(); closed < ordinal; closed++) {
      StreamTally tally = open.set(closed, null);
      totals.add(tally.totals());
      tally.minutes().encode(counts);
    }
  }

  /** Closes all streams. */
  void closeAll() {
    closeBefore(open.size());
  }

  /** Returns the totals of the closed streams, by ordinal. */
  List<StreamTotals> totals() {
    return totals;
  }

  /** Returns the entries by minute of the closed streams, as the section of them holds it. */
  ByteWriter counts() {
    return counts;
  }
}
