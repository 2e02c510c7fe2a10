package dev.skald.storage.compact;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds entries of one stream and time that came twice because they were sent again: equal ones of
 * different segments. Of each entry as many stay as the segment has that has it most often, so that
 * equal lines that one segment holds are all kept. Not safe for use by several threads.
 */
final class Duplicates {
  /** So many distinct entries of one nanosecond are compared; more are all kept. */
  private static final int MOST_DISTINCT = 4096;

  /** An entry, how often it was kept, and how often it was seen in the latest segment. */
  private static final class Known {
    final Batch batch;
    final int row;
    int kept;
    int seen;
    int segment;

    Known(Batch batch, int row) {
      this.batch = batch;
      this.row = row;
      this.segment = -1;
    }
  }

  private final Map<Integer, List<Known>> known = new HashMap<>();
  private final Slice a = new Slice();
  private final Slice b = new Slice();
  private int distinct;

  /** Goes on to entries of another stream or time. */
  void clear() {
    known.clear();
    distinct = 0;
  }

  /**
   * Returns whether an entry is to be kept.
   *
   * @param segment number of the input, not smaller than in the call before
   */
  boolean keep(Batch batch, int row, int segment) {
    Known entry = find(batch, row);
    if (entry == null) {
      return true;
    }
    if (entry.segment != segment) {
      entry.segment = segment;
      entry.seen = 0;
    }
    if (++entry.seen <= entry.kept) {
      return false;
    }
    entry.kept++;
    return true;
  }

  private Known find(Batch batch, int row) {
    batch.lines().read(row, a);
    int hash = hash(a);
    List<Known> candidates = known.computeIfAbsent(hash, key -> new ArrayList<>(1));
    for (Known candidate : candidates) {
      if (equal(candidate.batch, candidate.row, batch, row)) {
        return candidate;
      }
    }
    if (distinct == MOST_DISTINCT) {
      return null;
    }
    distinct++;
    Known added = new Known(batch, row);
    candidates.add(added);
    return added;
  }

  private static int hash(Slice line) {
    int hash = line.length;
    for (int i = line.offset; i < line.end(); i++) {
      hash = hash * 31 + line.bytes[i];
    }
    return hash;
  }

  private boolean equal(Batch left, int leftRow, Batch right, int rightRow) {
    left.lines().read(leftRow, a);
    right.lines().read(rightRow, b);
    return sameBytes()
        && contains(left, leftRow, right, rightRow)
        && contains(right, rightRow, left, leftRow);
  }

  /** Returns whether every value of one row is in the other. */
  private boolean contains(Batch whole, int wholeRow, Batch part, int partRow) {
    for (Batch.MetadataColumn column : part.metadata()) {
      if (column.values().read(partRow, b)
          && !(read(whole, column.name(), wholeRow) && sameBytes())) {
        return false;
      }
    }
    return true;
  }

  private boolean read(Batch batch, String name, int row) {
    for (Batch.MetadataColumn column : batch.metadata()) {
      if (column.name().equals(name)) {
        return column.values().read(row, a);
      }
    }
    return false;
  }

  private boolean sameBytes() {
    return Arrays.equals(a.bytes, a.offset, a.end(), b.bytes, b.offset, b.end());
  }
}
