package dev.skald.logql.stage;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Batch.MetadataColumn;
import dev.skald.logql.batch.Batch.Run;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Slice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Turns the rows of batches into entries, one after the other: the lines that pass the leading
 * filter get their metadata and go through the stages.
 */
final class BatchReader {
  /** What an entry costs beside its bytes, counted as bytes. */
  private static final int ENTRY_WORK = 128;

  private final Row row;
  private final CompiledStages compiled;
  private final Slice value = new Slice();
  private final List<Metadata> metadata = new ArrayList<>();

  private Batch batch;

  /** The rows that pass the leading filter, or null where there is none. */
  private BitSet passing;

  /**
   * A metadata column and the label that it fills.
   *
   * @param error the part of the entry's error that it fills instead, or null
   */
  record Metadata(LabelSlot name, Slice error, Column values) {}

  BatchReader(Row row, CompiledStages compiled) {
    this.row = row;
    this.compiled = compiled;
  }

  void watch(Watch watch) {
    row.watch(watch);
  }

  /** Forgets names of earlier batches where they are too many. */
  void startBatch() {
    row.labels.startBatch();
  }

  boolean testsLinesFirst() {
    return compiled.leading() != null;
  }

  boolean anyLinePasses(Batch lines) {
    return !compiled.leading().passing(lines, this::look).isEmpty();
  }

  /** Reads a batch; the sink gets the entries that pass the stages. */
  void read(Batch newBatch, RowSink sink) {
    open(newBatch);
    for (Run run : newBatch.runs()) {
      row.startRun(run);
      for (int i = next(run.from()); i < run.to(); i = next(i + 1)) {
        enter(i);
        if (compiled.process(row)) {
          sink.accept(row);
        }
      }
    }
  }

  /** Reads a batch and returns which of its rows pass the stages. */
  BitSet survivors(Batch newBatch) {
    BitSet survivors = new BitSet(newBatch.rows());
    open(newBatch);
    for (Run run : newBatch.runs()) {
      row.startRun(run);
      for (int i = next(run.from()); i < run.to(); i = next(i + 1)) {
        enter(i);
        if (compiled.process(row)) {
          survivors.set(i);
        }
      }
    }
    return survivors;
  }

  /** Makes a batch the one that the next calls are about. */
  void open(Batch newBatch) {
    batch = newBatch;
    passing = testsLinesFirst() ? compiled.leading().passing(newBatch, this::look) : null;
    metadata.clear();
    for (MetadataColumn column : newBatch.metadata()) {
      if (!(column.values() instanceof Column.Absent)) {
        LabelSlot slot = row.labels.slot(column.name());
        metadata.add(new Metadata(slot, errorPart(column.name()), column.values()));
      }
    }
  }

  /** Returns the metadata columns of the batch that hold something. */
  List<Metadata> metadata() {
    return metadata;
  }

  /**
   * Returns the first row from one on that passes the leading filter; past all if there is none.
   */
  int next(int from) {
    if (passing == null) {
      return from;
    }
    int next = passing.nextSetBit(from);
    return next < 0 ? Integer.MAX_VALUE : next;
  }

  /** Takes the line of a row, and nothing else. */
  void takeLine(int index) {
    if (!batch.lines().read(index, row.line)) {
      row.line.set(Bytes.EMPTY, 0, 0);
    }
  }

  /** Begins the entry of a row. */
  void enter(int index) {
    row.work(ENTRY_WORK + row.arena.used());
    takeLine(index);
    row.start(batch.timestamps()[index]);
    for (int i = 0; i < metadata.size(); i++) {
      seed(metadata.get(i), index);
    }
  }

  /** Has somebody look at what is going on. */
  void look() {
    row.look();
  }

  private void seed(Metadata column, int index) {
    if (!column.values.read(index, value)) {
      return;
    }
    if (column.error == null) {
      row.labels.seed(column.name, value.bytes, value.offset, value.length);
    } else {
      column.error.set(value.bytes, value.offset, value.length);
    }
  }

  /** Metadata that is named like the error of an entry is the error (§8.1). */
  private Slice errorPart(String name) {
    return switch (name) {
      case EntryError.NAME -> row.labels.error.kind;
      case EntryError.DETAILS_NAME -> row.labels.error.details;
      default -> null;
    };
  }
}
