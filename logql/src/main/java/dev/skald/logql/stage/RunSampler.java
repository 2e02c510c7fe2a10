package dev.skald.logql.stage;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Batch.Run;
import dev.skald.logql.batch.Column;
import dev.skald.logql.stage.BatchReader.Metadata;
import java.util.Arrays;

/**
 * Extracts the samples of a query whose only stages are line filters. What names a series are then
 * the stream and the metadata as stored, so that its number is looked up once a run, or once a run
 * and value of the only metadata column that varies.
 */
final class RunSampler {
  private static final int UNKNOWN = -1;

  /** With more distinct values, what was found is not remembered by value. */
  private static final int MOST_VALUES = 256;

  private final Row row;
  private final BatchReader reader;
  private final SeriesNumbering series;
  private final SampleValue value;
  private int[] numbers = new int[16];

  RunSampler(Row row, BatchReader reader, SeriesNumbering series, SampleValue value) {
    this.row = row;
    this.reader = reader;
    this.series = series;
    this.value = value;
  }

  void sample(Batch batch, SampleSink sink) {
    reader.open(batch);
    boolean perRow = variesByRow();
    int[] ids = perRow ? null : ids();
    for (Run run : batch.runs()) {
      row.startRun(run);
      series.enterStream(run.labels());
      Arrays.fill(numbers, UNKNOWN);
      for (int i = reader.next(run.from()); i < run.to(); i = reader.next(i + 1)) {
        int number = perRow ? lookUp(i) : remembered(i, ids == null ? 0 : ids[i] + 1);
        if (value.bytes()) {
          reader.takeLine(i);
        }
        sink.accept(number, batch.timestamps()[i], value.of(row));
      }
    }
  }

  private int remembered(int index, int valueId) {
    if (numbers[valueId] == UNKNOWN) {
      numbers[valueId] = lookUp(index);
    }
    return numbers[valueId];
  }

  private int lookUp(int index) {
    reader.enter(index);
    return series.number();
  }

  /** Returns whether so much metadata varies that each row must be looked up. */
  private boolean variesByRow() {
    int varying = 0;
    for (Metadata column : reader.metadata()) {
      varying += weight(column.values());
    }
    return varying > 1;
  }

  private int weight(Column column) {
    return switch (column) {
      case Column.Absent absent -> 0;
      case Column.Constant constant -> 0;
      case Column.Dictionary dictionary -> dictionary.values().length < MOST_VALUES ? 1 : 2;
      case Column.Plain plain -> 2;
    };
  }

  /** Returns the value ids of the column that varies, or null if none does. */
  private int[] ids() {
    for (Metadata column : reader.metadata()) {
      if (column.values() instanceof Column.Dictionary dictionary) {
        if (numbers.length <= dictionary.values().length) {
          numbers = new int[dictionary.values().length + 1];
        }
        return dictionary.ids();
      }
    }
    return null;
  }
}
