package dev.skald.storage.segment;

import dev.skald.logql.batch.StreamStats;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Counts the metadata of each stream of a block as {@link StreamStats} does: pairs, and names and
 * values once; where values hardly repeat, each of them. Not safe for use by several threads.
 */
final class MetadataTally {
  /** The last stream for which a value was counted, by the number of the value. */
  private int[] countedFor = new int[0];

  /** Counts a column; runs of a stream stand side by side. */
  void count(String name, ColumnValues values, BlockRows rows, StreamTallies tallies) {
    int nameLength = name.getBytes(StandardCharsets.UTF_8).length;
    startColumn(values.distinct().size());
    int named = -1;
    int row = 0;
    for (int run = 0; run < rows.runs().size(); run++) {
      int end = row + rows.runs().get(run).rows();
      int present = values.presentOfRun(run);
      if (present > 0) {
        int stream = rows.streams().get(run);
        long bytes = stream == named ? 0 : nameLength;
        bytes += (long) StreamStats.PAIR_BYTES * present;
        bytes += values.repeats() ? distinct(values, row, end, stream) : values.bytesOfRun(run);
        tallies.of(stream).addMetadata(bytes);
        named = stream;
      }
      row = end;
    }
  }

  private void startColumn(int distinct) {
    if (countedFor.length < distinct) {
      countedFor = new int[Math.max(distinct, 2 * countedFor.length)];
    }
    Arrays.fill(countedFor, 0, distinct, -1);
  }

  /** Returns the length of the values of rows that were not counted for the stream yet. */
  private long distinct(ColumnValues values, int from, int to, int stream) {
    long bytes = 0;
    for (int row = from; row < to; row++) {
      int id = values.id(row);
      if (id >= 0 && countedFor[id] != stream) {
        countedFor[id] = stream;
        bytes += values.distinct().value(id).length;
      }
    }
    return bytes;
  }
}
