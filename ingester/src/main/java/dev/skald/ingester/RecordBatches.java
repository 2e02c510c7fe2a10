package dev.skald.ingester;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads the entries of chosen streams from records. Lines and metadata are not copied: a batch
 * points into its record. For one thread at a time.
 */
public final class RecordBatches {
  /** Above this what is known of the streams is forgotten and found out again. */
  private static final int MOST_STREAMS = 20_000;

  private final Predicate<Labels> wanted;
  private final PushRecordReader reader = new PushRecordReader();
  private final Map<Long, Stream> streams = new HashMap<>();
  private final Slice slice = new Slice();
  private int wantedStreams;

  private List<Batch.Run> runs;
  private int rows;
  private long[] timestamps = new long[64];
  private int[] lineStarts = new int[64];
  private int[] lineLengths = new int[64];

  /** Where the pairs of a row end in {@link #pairs}; those of the next begin there. */
  private int[] pairEnds = new int[64];

  private int[] pairs = new int[64];
  private int pairCount;

  /**
   * A stream that has been seen.
   *
   * @param text its labels as records spell them
   * @param labels null if it is not wanted
   */
  private record Stream(byte[] text, Labels labels) {
    boolean isNamed(Slice other) {
      return Arrays.equals(text, 0, text.length, other.bytes, other.offset, other.end());
    }
  }

  /**
   * @param wanted says whether the entries of a stream are wanted
   */
  public RecordBatches(Predicate<Labels> wanted) {
    this.wanted = wanted;
  }

  /** Returns how many wanted streams have been seen; those of the last time may be forgotten. */
  public int streams() {
    return wantedStreams;
  }

  /**
   * Returns the wanted entries of a record, in its order; a stream that goes back in time has
   * several runs.
   *
   * @throws dev.skald.storage.wal.CorruptRecordException if it is no record
   */
  public Batch read(PushRecord record) {
    runs = new ArrayList<>();
    rows = 0;
    pairCount = 0;
    reader.reset(record);
    while (reader.nextStream()) {
      Labels labels = find(reader.labels(), reader.streamHash()).labels;
      if (labels == null) {
        skipEntries();
      } else {
        readEntries(labels);
      }
    }
    return batch(record.bytes());
  }

  private Stream find(Slice text, long hash) {
    Stream known = streams.get(hash);
    if (known != null && known.isNamed(text)) {
      return known;
    }
    if (streams.size() >= MOST_STREAMS) {
      streams.clear();
      wantedStreams = 0;
    }
    Labels labels = CanonicalLabels.parse(text.bytes, text.offset, text.length);
    boolean chosen = wanted.test(labels);
    Stream stream =
        new Stream(Arrays.copyOfRange(text.bytes, text.offset, text.end()), chosen ? labels : null);
    streams.put(hash, stream);
    wantedStreams += chosen ? 1 : 0;
    return stream;
  }

  private void skipEntries() {
    while (reader.nextEntry()) {
      // Its pairs may be the first of their kind: later entries name them by number.
    }
  }

  private void readEntries(Labels labels) {
    int first = rows;
    while (reader.nextEntry()) {
      if (rows > first && reader.timestamp() < timestamps[rows - 1]) {
        runs.add(new Batch.Run(labels, reader.streamHash(), first, rows));
        first = rows;
      }
      addRow();
    }
    if (rows > first) {
      runs.add(new Batch.Run(labels, reader.streamHash(), first, rows));
    }
  }

  private void addRow() {
    if (rows == timestamps.length) {
      timestamps = Arrays.copyOf(timestamps, 2 * rows);
      lineStarts = Arrays.copyOf(lineStarts, 2 * rows);
      lineLengths = Arrays.copyOf(lineLengths, 2 * rows);
      pairEnds = Arrays.copyOf(pairEnds, 2 * rows);
    }
    timestamps[rows] = reader.timestamp();
    lineStarts[rows] = reader.line().offset;
    lineLengths[rows] = reader.line().length;
    if (pairs.length < pairCount + reader.entryPairs()) {
      pairs = Arrays.copyOf(pairs, 2 * (pairCount + reader.entryPairs()));
    }
    for (int i = 0; i < reader.entryPairs(); i++) {
      pairs[pairCount++] = reader.entryPair(i);
    }
    pairEnds[rows] = pairCount;
    rows++;
  }

  private Batch batch(byte[] bytes) {
    Column lines =
        new Column.Plain(bytes, Arrays.copyOf(lineStarts, rows), Arrays.copyOf(lineLengths, rows));
    return new Batch(runs, Arrays.copyOf(timestamps, rows), lines, metadata(bytes));
  }

  private List<Batch.MetadataColumn> metadata(byte[] bytes) {
    Column.Plain[] columns = new Column.Plain[pairCount == 0 ? 0 : reader.names()];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (; at < pairEnds[row]; at++) {
        int name = reader.pairName(pairs[at]);
        if (columns[name] == null) {
          columns[name] = absent(bytes);
        }
        reader.value(pairs[at], slice);
        columns[name].starts()[row] = slice.offset;
        columns[name].lengths()[row] = slice.length;
      }
    }
    List<Batch.MetadataColumn> metadata = new ArrayList<>();
    for (int name = 0; name < columns.length; name++) {
      if (columns[name] != null) {
        reader.name(name, slice);
        metadata.add(new Batch.MetadataColumn(slice.toString(), columns[name]));
      }
    }
    return metadata;
  }

  private Column.Plain absent(byte[] bytes) {
    int[] lengths = new int[rows];
    Arrays.fill(lengths, -1);
    return new Column.Plain(bytes, new int[rows], lengths);
  }
}
