package dev.skald.ingester;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;
import dev.skald.logql.batch.StreamStats;
import java.util.Arrays;

/**
 * The rows of one stream in one head, by columns, in order of arrival.
 *
 * <p>One thread appends and then publishes; rows that are not published can be taken back. A reader
 * takes a {@link #published} extent first and then reads any row of it from any column.
 */
final class HeadStream {

  /**
   * What readers may see.
   *
   * @param rows how many rows
   * @param minTime their least time; {@link Long#MAX_VALUE} if there are none
   * @param maxTime their greatest time; {@link Long#MIN_VALUE} if there are none
   * @param ordered whether each row is at least as new as the one before
   * @param bytes size of their lines and metadata, as {@link StreamStats} counts it
   */
  record Extent(int rows, long minTime, long maxTime, boolean ordered, long bytes) {
    static final Extent EMPTY = new Extent(0, Long.MAX_VALUE, Long.MIN_VALUE, true, 0);
  }

  private static final Hasher64 HASHER = Hashing.wyhashFinal4();
  private static final int FIRST_CAPACITY = 16;

  /** A time, the place of a line and its length. */
  private static final int ROW_BYTES = 16;

  /** The stream's own objects and its labels. */
  private static final int OWN_BYTES = 1024;

  private final Labels labels;
  private final long hash;
  private final HeadValues values;

  private volatile long[] timestamps = new long[FIRST_CAPACITY];
  private volatile int[] lineStarts = new int[FIRST_CAPACITY];
  private volatile int[] lineLengths = new int[FIRST_CAPACITY];

  /** By the number of the name in the head; null where no row has the name. */
  private volatile ValueColumn[] columns = new ValueColumn[0];

  private volatile Extent published = Extent.EMPTY;

  private int rows;
  private long minTime = Long.MAX_VALUE;
  private long maxTime = Long.MIN_VALUE;
  private boolean ordered = true;
  private long bytes;
  private DuplicateIndex duplicates;

  /** How many bytes this took at the last {@link #growth}. */
  private long known;

  HeadStream(Labels labels, long hash, HeadValues values) {
    this.labels = labels;
    this.hash = hash;
    this.values = values;
  }

  Labels labels() {
    return labels;
  }

  long hash() {
    return hash;
  }

  HeadValues values() {
    return values;
  }

  Extent published() {
    return published;
  }

  long[] timestamps() {
    return timestamps;
  }

  /** Returns where in the arena the line of each row begins. */
  int[] lineStarts() {
    return lineStarts;
  }

  int[] lineLengths() {
    return lineLengths;
  }

  /** Returns the column of a name by its number, or null. */
  ValueColumn column(int name) {
    ValueColumn[] present = columns;
    return name < present.length ? present[name] : null;
  }

  /** Appends a row; for the writer, as all methods below. */
  void append(long timestamp, Slice line, EntryMetadata metadata) {
    int row = rows;
    if (row == lineLengths.length) {
      grow();
    }
    timestamps[row] = timestamp;
    lineStarts[row] = values.arena().append(line);
    lineLengths[row] = line.length;
    bytes += line.length + (long) StreamStats.PAIR_BYTES * metadata.size;
    for (int i = 0; i < metadata.size; i++) {
      setMetadata(row, metadata.names[i], metadata.values[i]);
    }
    ordered &= timestamp >= maxTime;
    minTime = Math.min(minTime, timestamp);
    maxTime = Math.max(maxTime, timestamp);
    rows = row + 1;
  }

  private void setMetadata(int row, int name, int value) {
    if (writableColumn(name).set(row, value)) {
      bytes += values.dictionary(name).lengths()[value];
    }
  }

  /** Lets readers see every row. */
  void publish() {
    published = new Extent(rows, minTime, maxTime, ordered, bytes);
  }

  /** Takes back every row that is not published. */
  void rollback() {
    Extent kept = published;
    rows = kept.rows;
    minTime = kept.minTime;
    maxTime = kept.maxTime;
    ordered = kept.ordered;
    bytes = kept.bytes;
    duplicates = null;
    for (ValueColumn column : columns) {
      if (column != null) {
        column.truncate(rows);
      }
    }
  }

  /** Returns by how many bytes the rows have grown since the last call, about. */
  long growth() {
    long now = OWN_BYTES + (long) ROW_BYTES * timestamps.length;
    for (ValueColumn column : columns) {
      now += Long.BYTES + (column == null ? 0 : column.memory());
    }
    if (duplicates != null) {
      now += duplicates.memory();
    }
    long growth = now - known;
    known = now;
    return growth;
  }

  /** Returns how many rows there are, published or not. */
  int rows() {
    return rows;
  }

  /** Returns whether there is a row, published or not, with exactly this content. */
  boolean contains(long timestamp, Slice line, EntryMetadata metadata) {
    if (timestamp > maxTime || timestamp < minTime) {
      return false;
    }
    if (duplicates == null) {
      duplicates = new DuplicateIndex(this);
    }
    return duplicates.contains(timestamp, line, metadata);
  }

  /** Returns a hash of everything in a row, the same in every head. */
  long contentHash(int row) {
    long sum = HASHER.hashBytesToLong(values.arena().bytes(), lineStarts[row], lineLengths[row]);
    ValueColumn[] present = columns;
    for (int name = 0; name < present.length; name++) {
      int value = present[name] == null ? -1 : present[name].get(row);
      if (value >= 0) {
        sum += values.dictionary(name).hash(value);
      }
    }
    return mix(timestamps[row], sum);
  }

  /** Returns the {@link #contentHash(int)} that a row with this content has. */
  static long contentHash(long timestamp, Slice line, EntryMetadata metadata, HeadValues values) {
    long sum = HASHER.hashBytesToLong(line.bytes, line.offset, line.length);
    for (int i = 0; i < metadata.size; i++) {
      sum += values.dictionary(metadata.names[i]).hash(metadata.values[i]);
    }
    return mix(timestamp, sum);
  }

  /** Returns whether a row has exactly this content. */
  boolean hasContent(int row, long timestamp, Slice line, EntryMetadata metadata) {
    if (timestamps[row] != timestamp || lineLengths[row] != line.length) {
      return false;
    }
    int from = lineStarts[row];
    int to = from + line.length;
    byte[] arena = values.arena().bytes();
    return Arrays.equals(arena, from, to, line.bytes, line.offset, line.end())
        && hasMetadata(row, metadata);
  }

  private boolean hasMetadata(int row, EntryMetadata metadata) {
    for (int i = 0; i < metadata.size; i++) {
      ValueColumn column = column(metadata.names[i]);
      if (column == null || column.get(row) != metadata.values[i]) {
        return false;
      }
    }
    int present = 0;
    for (ValueColumn column : columns) {
      present += column != null && column.get(row) >= 0 ? 1 : 0;
    }
    return present == metadata.size;
  }

  private static long mix(long timestamp, long sum) {
    long mixed = (timestamp ^ sum) * 0x9e3779b97f4a7c15L + sum;
    return mixed ^ mixed >>> 32;
  }

  private ValueColumn writableColumn(int name) {
    ValueColumn[] present = columns;
    if (name < present.length && present[name] != null) {
      return present[name];
    }
    ValueColumn[] more = Arrays.copyOf(present, Math.max(present.length, name + 1));
    more[name] = new ValueColumn();
    bytes += values.dictionary(name).nameLength();
    columns = more;
    return more[name];
  }

  /** The last array tells whether all have grown, should there be no memory for one of them. */
  private void grow() {
    int capacity = 2 * rows;
    timestamps = Arrays.copyOf(timestamps, capacity);
    lineStarts = Arrays.copyOf(lineStarts, capacity);
    lineLengths = Arrays.copyOf(lineLengths, capacity);
  }
}
