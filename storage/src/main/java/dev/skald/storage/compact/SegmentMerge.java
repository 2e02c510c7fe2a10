package dev.skald.storage.compact;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.storage.segment.SegmentFileWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads segments of one tenant and day side by side and writes their rows in the order of a
 * segment: by stream, then by time, then by arrival, that is, by the number of the segment and the
 * order in it. Entries that were sent again are written once ({@link Duplicates}). Memory: some
 * pages of each input and a block of output, however large they are. Not safe for use by several
 * threads.
 */
final class SegmentMerge implements AutoCloseable {
  private final List<MergeInput> inputs;
  private final SegmentFileWriter out;
  private final Duplicates duplicates = new Duplicates();
  private final List<MergeInput> active = new ArrayList<>();
  private long dropped;

  /**
   * @param sources in order of arrival
   */
  SegmentMerge(List<MergeSource> sources, RowFilter filter, Pace pace, SegmentFileWriter out) {
    this.inputs = sources.stream().map(source -> new MergeInput(source, filter, pace)).toList();
    this.out = out;
  }

  /**
   * Writes all rows.
   *
   * @throws dev.skald.storage.object.CorruptDataException if an input is not what was written; its
   *     path names it
   */
  void run() throws IOException {
    for (MergeInput input : inputs) {
      input.begin();
    }
    while (nextStream()) {
      mergeStream(active.getFirst().labels());
    }
  }

  /** Returns how many entries were left out as they were there already. */
  long duplicates() {
    return dropped;
  }

  /** Finds the first stream that is left and the inputs that have it; false at the end. */
  private boolean nextStream() {
    active.clear();
    for (MergeInput input : inputs) {
      if (input.atEnd()) {
        continue;
      }
      int order =
          active.isEmpty() ? 0 : Labels.compareBytes(input.text(), active.getFirst().text());
      if (order < 0) {
        active.clear();
      }
      if (order <= 0) {
        active.add(input);
      }
    }
    return !active.isEmpty();
  }

  private void mergeStream(Labels labels) throws IOException {
    while (!active.isEmpty()) {
      MergeInput first = active.getFirst();
      MergeInput second = null;
      for (int i = 1; i < active.size(); i++) {
        MergeInput input = active.get(i);
        if (input.time() < first.time()) {
          second = first;
          first = input;
        } else if (second == null || input.time() < second.time()) {
          second = input;
        }
      }
      if (second != null && second.time() == first.time()) {
        mergeEqual(labels, first.time());
      } else {
        int end = first.rangeEnd();
        copy(first, second == null ? end : first.lowerBound(end, second.time()), labels);
      }
    }
  }

  /**
   * Copies rows up to one of the input's run; an input that leaves the stream is active no more.
   */
  private void copy(MergeInput input, int to, Labels labels) throws IOException {
    emit(input, input.row(), to);
    advance(input, to, labels);
  }

  private void emit(MergeInput input, int from, int to) throws IOException {
    Batch.Run run = input.run();
    out.add(input.batch(), new Batch.Run(run.labels(), run.streamHash(), from, to));
  }

  private void advance(MergeInput input, int to, Labels labels) throws IOException {
    input.advance(to);
    if (input.atEnd() || !input.labels().equals(labels)) {
      active.remove(input);
    }
  }

  /** Merges the rows of one time, which at least two inputs have. */
  private void mergeEqual(Labels labels, long time) throws IOException {
    duplicates.clear();
    List<MergeInput> sharing = List.copyOf(active);
    for (int number = 0; number < sharing.size(); number++) {
      MergeInput input = sharing.get(number);
      while (active.contains(input) && input.time() == time) {
        if (duplicates.keep(input.batch(), input.row(), number)) {
          emit(input, input.row(), input.row() + 1);
        } else {
          dropped++;
        }
        advance(input, input.row() + 1, labels);
      }
    }
  }

  @Override
  public void close() {
    inputs.forEach(MergeInput::close);
  }
}
