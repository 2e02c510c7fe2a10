package dev.skald.storage.segment;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Slice;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers the values of one metadata name over the rows of a block: which rows have one, and, as
 * long as they repeat, the distinct ones. Reused from column to column. Not safe for use by several
 * threads.
 */
final class ColumnValues {
  /** No dictionary has more values than this. */
  private static final int MOST_DISTINCT = 1 << 16;

  /** From this many distinct values on, each must on average stand twice. */
  private static final int TRUSTED_DISTINCT = 256;

  private final ValueTable table = new ValueTable();
  private final Slice slice = new Slice();
  private int[] ids = new int[0];
  private final Map<Batch, Source> sources = new IdentityHashMap<>();
  private long[] runBytes = new long[0];
  private int[] runPresent = new int[0];
  private int rows;
  private int present;
  private long bytes;
  private boolean repeats;

  /** The column of a batch and, if it is a dictionary, what its ids have become. */
  private record Source(Column column, int[] remap) {}

  /** Reads the column of a name in each run; a batch without such a column has no values. */
  void gather(String name, List<StreamRun> runs, int totalRows) {
    reset(totalRows);
    if (runBytes.length < runs.size()) {
      runBytes = new long[runs.size()];
      runPresent = new int[runs.size()];
    }
    Batch batch = null;
    Source source = null;
    for (int i = 0; i < runs.size(); i++) {
      StreamRun run = runs.get(i);
      long bytesBefore = bytes;
      int presentBefore = present;
      if (run.batch() != batch) {
        batch = run.batch();
        source = sources.computeIfAbsent(batch, key -> source(key, name));
      }
      if (source.column instanceof Column.Dictionary dictionary) {
        gatherIds(dictionary, source.remap, run);
      } else {
        gatherValues(source.column, run);
      }
      runBytes[i] = bytes - bytesBefore;
      runPresent[i] = present - presentBefore;
    }
    sources.clear();
  }

  private void reset(int totalRows) {
    table.clear();
    rows = 0;
    present = 0;
    bytes = 0;
    repeats = true;
    if (ids.length < totalRows) {
      ids = new int[totalRows];
    }
  }

  static Column column(Batch batch, String name) {
    for (Batch.MetadataColumn column : batch.metadata()) {
      if (column.name().equals(name)) {
        return column.values();
      }
    }
    return Column.Absent.INSTANCE;
  }

  private static Source source(Batch batch, String name) {
    Column column = column(batch, name);
    int[] remap = null;
    if (column instanceof Column.Dictionary dictionary) {
      remap = new int[dictionary.values().length];
      Arrays.fill(remap, -1);
    }
    return new Source(column, remap);
  }

  private void gatherIds(Column.Dictionary column, int[] remap, StreamRun run) {
    int[] from = column.ids();
    for (int row = run.from(); row < run.to(); row++) {
      int old = from[row];
      if (old < 0) {
        ids[rows++] = -1;
        continue;
      }
      byte[] value = column.values()[old];
      present++;
      bytes += value.length;
      if (remap[old] < 0 && repeats) {
        slice.set(value, 0, value.length);
        remap[old] = table.id(slice);
        repeats = worthIt();
      }
      ids[rows++] = repeats ? remap[old] : 0;
    }
  }

  private void gatherValues(Column column, StreamRun run) {
    for (int row = run.from(); row < run.to(); row++) {
      if (!column.read(row, slice)) {
        ids[rows++] = -1;
        continue;
      }
      present++;
      bytes += slice.length;
      int id = 0;
      if (repeats) {
        id = table.id(slice);
        repeats = worthIt();
      }
      ids[rows++] = id;
    }
  }

  private boolean worthIt() {
    int distinct = table.size();
    return distinct < TRUSTED_DISTINCT || (distinct < MOST_DISTINCT && distinct * 2L <= present);
  }

  /** Returns how many rows have a value. */
  int present() {
    return present;
  }

  boolean everywhere() {
    return present == rows;
  }

  int rows() {
    return rows;
  }

  /** Returns the length of all values of a run. */
  long bytesOfRun(int run) {
    return runBytes[run];
  }

  /** Returns how many rows of a run have a value. */
  int presentOfRun(int run) {
    return runPresent[run];
  }

  /** Returns whether the values repeat, so that {@link #distinct} and {@link #id} hold. */
  boolean repeats() {
    return repeats;
  }

  ValueTable distinct() {
    return table;
  }

  /** Returns the number of a row's value, or -1; only the sign counts where nothing repeats. */
  int id(int row) {
    return ids[row];
  }
}
