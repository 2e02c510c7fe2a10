package dev.skald.storage.compact;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.segment.SegmentScan;
import java.io.IOException;
import java.util.BitSet;

/**
 * Where a merge stands in one of its segments: at a row, or at the end. Not safe for use by several
 * threads.
 */
final class MergeInput implements AutoCloseable {
  private final MergeSource source;
  private final SegmentScan scan;
  private final RowFilter filter;
  private final Pace pace;
  private Batch batch;
  private BitSet kept;
  private int run;
  private int row;
  private long rowsRead;
  private String text = "";

  MergeInput(MergeSource source, RowFilter filter, Pace pace) {
    this.source = source;
    this.scan = source.reader().scan();
    this.filter = filter;
    this.pace = pace;
  }

  /** Goes to the first row. */
  void begin() throws IOException {
    load();
    settle();
  }

  boolean atEnd() {
    return batch == null;
  }

  /** The canonical text of the stream of this row. */
  String text() {
    return text;
  }

  Batch batch() {
    return batch;
  }

  int row() {
    return row;
  }

  Batch.Run run() {
    return batch.runs().get(run);
  }

  Labels labels() {
    return run().labels();
  }

  long time() {
    return batch.timestamps()[row];
  }

  /** Returns the row after the last of the kept rows from this one on that lie side by side. */
  int rangeEnd() {
    int end = run().to();
    return kept == null ? end : Math.min(end, kept.nextClearBit(row));
  }

  /** Returns the first row from this one to a row before {@code end} that is not before a time. */
  int lowerBound(int end, long time) {
    long[] times = batch.timestamps();
    int low = row;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Goes on to a row of this run, or past its end. */
  void advance(int to) throws IOException {
    row = to;
    settle();
  }

  /** Finds the next kept row, here or in a later batch. */
  private void settle() throws IOException {
    while (batch != null) {
      while (run < batch.runs().size()) {
        Batch.Run current = batch.runs().get(run);
        row = Math.max(row, current.from());
        int next = kept == null ? row : kept.nextSetBit(row);
        if (next >= 0 && next < current.to()) {
          row = next;
          enter(current.labels());
          return;
        }
        run++;
      }
      load();
    }
  }

  private void load() throws IOException {
    batch = scan.next();
    run = 0;
    row = 0;
    if (batch == null) {
      checkWhole();
      return;
    }
    rowsRead += batch.rows();
    kept = filter.keep(batch);
    pace.spend(source.bytesOf(batch.rows()));
  }

  private void checkWhole() throws CorruptDataException {
    if (rowsRead != source.entry().entries()) {
      throw corrupt(rowsRead + " entries, wanted " + source.entry().entries());
    }
  }

  private Labels entered;

  private void enter(Labels labels) throws CorruptDataException {
    if (labels == entered || labels.equals(entered)) {
      return;
    }
    String next = labels.toString();
    if (entered != null && Labels.compareBytes(text, next) >= 0) {
      throw corrupt("stream " + next + " after " + text);
    }
    entered = labels;
    text = next;
  }

  private CorruptDataException corrupt(String problem) {
    return new CorruptDataException(source.entry().key(), 0, problem);
  }

  @Override
  public void close() {
    scan.close();
  }
}
