package dev.skald.storage.deletes;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Some rows of a batch, as a batch of their own. The bytes of their values are not copied. */
final class KeptRows {
  private final int[] rows;

  private KeptRows(int[] rows) {
    this.rows = rows;
  }

  /** Returns just these rows of a batch, in their order. */
  static Batch of(Batch batch, BitSet kept) {
    return new KeptRows(kept.stream().toArray()).pick(batch, kept);
  }

  private Batch pick(Batch batch, BitSet kept) {
    long[] timestamps = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      timestamps[i] = batch.timestamps()[rows[i]];
    }
    List<Batch.MetadataColumn> metadata = new ArrayList<>(batch.metadata().size());
    for (Batch.MetadataColumn column : batch.metadata()) {
      metadata.add(new Batch.MetadataColumn(column.name(), pick(column.values())));
    }
    return new Batch(runs(batch, kept), timestamps, pick(batch.lines()), metadata);
  }

  private static List<Batch.Run> runs(Batch batch, BitSet kept) {
    List<Batch.Run> runs = new ArrayList<>(batch.runs().size());
    int from = 0;
    for (Batch.Run run : batch.runs()) {
      int to = from + kept.get(run.from(), run.to()).cardinality();
      if (to > from) {
        runs.add(new Batch.Run(run.labels(), run.streamHash(), from, to));
      }
      from = to;
    }
    return runs;
  }

  private Column pick(Column column) {
    return switch (column) {
      case Column.Absent absent -> absent;
      case Column.Constant constant -> constant;
      case Column.Dictionary dictionary ->
          new Column.Dictionary(pick(dictionary.ids()), dictionary.values());
      case Column.Plain plain ->
          new Column.Plain(plain.bytes(), pick(plain.starts()), pick(plain.lengths()));
    };
  }

  private int[] pick(int[] values) {
    int[] picked = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      picked[i] = values[rows[i]];
    }
    return picked;
  }
}
