package dev.skald.logql.stage;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Batch.MetadataColumn;
import dev.skald.logql.batch.Batch.Run;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Slice;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the rows of batches into entries, one after the other: the lines that pass the leading test
 * get their metadata and go through the stages.
 */
final class BatchReader {
  private final Row row;
  private final CompiledStages compiled;
  private final Slice value = new Slice();
  private final List<Metadata> metadata = new ArrayList<>();

  private record Metadata(LabelSlot name, Column values) {}

  BatchReader(Row row, CompiledStages compiled) {
    this.row = row;
    this.compiled = compiled;
  }

  /** Forgets names of earlier batches where they are too many. */
  void startBatch() {
    row.labels.startBatch();
  }

  /** Reads a batch; the sink gets the entries that pass the stages. */
  void read(Batch batch, RowSink sink) {
    metadata.clear();
    for (MetadataColumn column : batch.metadata()) {
      if (!(column.values() instanceof Column.Absent)) {
        metadata.add(new Metadata(row.labels.slot(column.name()), column.values()));
      }
    }
    for (Run run : batch.runs()) {
      row.startRun(run);
      for (int i = run.from(); i < run.to(); i++) {
        if (enter(batch, i) && compiled.process(row)) {
          sink.accept(row);
        }
      }
    }
  }

  /** Begins the entry of a row; false if its line fails the leading test. */
  private boolean enter(Batch batch, int index) {
    Slice line = row.line;
    if (!batch.lines().read(index, line)) {
      line.set(Bytes.EMPTY, 0, 0);
    }
    LineTest leading = compiled.leadingTest();
    if (leading != null && !leading.test(line.bytes, line.offset, line.end())) {
      return false;
    }
    row.start(batch.timestamps()[index]);
    for (int i = 0; i < metadata.size(); i++) {
      seed(metadata.get(i), index);
    }
    return true;
  }

  /** Metadata that is named like the error of an entry is the error (§8.1). */
  private void seed(Metadata column, int index) {
    if (!column.values.read(index, value)) {
      return;
    }
    switch (column.name.name) {
      case EntryError.NAME -> copy(row.labels.error.kind);
      case EntryError.DETAILS_NAME -> copy(row.labels.error.details);
      default -> row.labels.seed(column.name, value.bytes, value.offset, value.length);
    }
  }

  private void copy(Slice target) {
    target.set(value.bytes, value.offset, value.length);
  }
}
