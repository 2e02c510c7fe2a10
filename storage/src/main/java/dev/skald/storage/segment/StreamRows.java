package dev.skald.storage.segment;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * All rows of a stream that go into a segment, by time, and in arrival order where times are equal.
 */
record StreamRows(Labels labels, long streamHash, List<StreamRun> runs) {

  /**
   * Returns the runs of batches, in arrival order.
   *
   * @throws IllegalArgumentException if a run is not in time order
   */
  static List<StreamRun> runs(List<Batch> batches) {
    List<StreamRun> runs = new ArrayList<>();
    for (Batch batch : batches) {
      for (Batch.Run run : batch.runs()) {
        if (run.from() < run.to()) {
          checkOrder(batch.timestamps(), run);
          runs.add(new StreamRun(batch, run.labels(), run.streamHash(), run.from(), run.to()));
        }
      }
    }
    return runs;
  }

  private static void checkOrder(long[] times, Batch.Run run) {
    for (int row = run.from() + 1; row < run.to(); row++) {
      if (times[row] < times[row - 1]) {
        throw new IllegalArgumentException(
            "row " + row + " of " + run.labels() + " is older than the one before it");
      }
    }
  }

  /** Groups runs by stream, sorted by canonical label text so that like streams lie together. */
  static List<StreamRows> sort(List<StreamRun> runs) {
    Map<Labels, List<StreamRun>> byLabels = new HashMap<>();
    for (StreamRun run : runs) {
      byLabels.computeIfAbsent(run.labels(), labels -> new ArrayList<>()).add(run);
    }
    record Named(String text, StreamRows rows) {}
    List<Named> sorted = new ArrayList<>(byLabels.size());
    byLabels.forEach(
        (labels, ofStream) -> {
          long hash = ofStream.getFirst().streamHash();
          sorted.add(new Named(labels.toString(), new StreamRows(labels, hash, order(ofStream))));
        });
    sorted.sort(Comparator.comparing(Named::text, Labels::compareBytes));
    return sorted.stream().map(Named::rows).toList();
  }

  private static List<StreamRun> order(List<StreamRun> runs) {
    for (int i = 1; i < runs.size(); i++) {
      if (runs.get(i).firstTime() < runs.get(i - 1).lastTime()) {
        return merge(runs);
      }
    }
    return runs;
  }

  /** Where the merge stands in a run; the earlier arrival goes first where times are equal. */
  private static final class Cursor implements Comparable<Cursor> {
    final StreamRun run;
    final int arrival;
    int row;

    Cursor(StreamRun run, int arrival) {
      this.run = run;
      this.arrival = arrival;
      this.row = run.from();
    }

    long time() {
      return run.batch().timestamps()[row];
    }

    @Override
    public int compareTo(Cursor other) {
      int byTime = Long.compare(time(), other.time());
      return byTime != 0 ? byTime : Integer.compare(arrival, other.arrival);
    }
  }

  private static List<StreamRun> merge(List<StreamRun> runs) {
    PriorityQueue<Cursor> queue = new PriorityQueue<>();
    for (int i = 0; i < runs.size(); i++) {
      queue.add(new Cursor(runs.get(i), i));
    }
    List<StreamRun> merged = new ArrayList<>();
    while (!queue.isEmpty()) {
      Cursor first = queue.remove();
      Cursor next = queue.peek();
      int from = first.row;
      do {
        first.row++;
      } while (first.row < first.run.to() && (next == null || first.compareTo(next) < 0));
      merged.add(first.run.rows(from, first.row));
      if (first.row < first.run.to()) {
        queue.add(first);
      }
    }
    return merged;
  }
}
