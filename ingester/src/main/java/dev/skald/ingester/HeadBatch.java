package dev.skald.ingester;

import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds a batch of rows of a head. Lines and metadata are not copied: the batch points into the
 * head's arena.
 */
final class HeadBatch {
  /** Up to so many values a column becomes a dictionary however few rows there are. */
  private static final int SMALL_DICTIONARY = 64;

  /**
   * Rows of one stream.
   *
   * @param rows which rows; null for {@code count} rows from {@code from} on
   * @param at the first one's place in the batch
   */
  private record Part(HeadStream stream, int[] rows, int from, int count, int at) {}

  private final List<Part> parts = new ArrayList<>();
  private int size;

  /** Adds {@code count} rows from a row on. */
  void add(HeadStream stream, int from, int count) {
    if (count > 0) {
      parts.add(new Part(stream, null, from, count, size));
      size += count;
    }
  }

  /** Adds rows in the given order, which is that of time. */
  void add(HeadStream stream, int[] rows) {
    if (rows.length > 0) {
      parts.add(new Part(stream, rows, 0, rows.length, size));
      size += rows.length;
    }
  }

  Batch build(Columns columns) {
    List<Batch.Run> runs = new ArrayList<>(parts.size());
    long[] timestamps = new long[size];
    for (Part part : parts) {
      HeadStream stream = part.stream;
      runs.add(new Batch.Run(stream.labels(), stream.hash(), part.at, part.at + part.count));
      copy(part, stream.timestamps(), timestamps);
    }
    Column lines = columns.lines() ? lines() : Column.Absent.INSTANCE;
    return new Batch(runs, timestamps, lines, metadata(columns));
  }

  private Column lines() {
    if (parts.isEmpty()) {
      return Column.Absent.INSTANCE;
    }
    int[] starts = new int[size];
    int[] lengths = new int[size];
    for (Part part : parts) {
      copy(part, part.stream.lineStarts(), starts);
      copy(part, part.stream.lineLengths(), lengths);
    }
    return new Column.Plain(values().arena().bytes(), starts, lengths);
  }

  private HeadValues values() {
    return parts.getFirst().stream.values();
  }

  private List<Batch.MetadataColumn> metadata(Columns columns) {
    List<Batch.MetadataColumn> metadata = new ArrayList<>();
    int names = parts.isEmpty() ? 0 : values().names();
    for (int name = 0; name < names; name++) {
      ValueDictionary dictionary = values().dictionary(name);
      if (columns.wantsMetadata(dictionary.name()) && isPresent(name)) {
        metadata.add(new Batch.MetadataColumn(dictionary.name(), column(name, dictionary)));
      }
    }
    return metadata;
  }

  private boolean isPresent(int name) {
    for (Part part : parts) {
      if (part.stream.column(name) != null) {
        return true;
      }
    }
    return false;
  }

  private Column column(int name, ValueDictionary dictionary) {
    int constant = constant(name);
    if (constant >= 0) {
      return new Column.Constant(value(dictionary, constant));
    }
    int[] ids = new int[size];
    for (Part part : parts) {
      copyIds(part, part.stream.column(name), ids);
    }
    int distinct = dictionary.size();
    return distinct <= Math.max(SMALL_DICTIONARY, size / 2)
        ? dictionary(ids, dictionary, distinct)
        : plain(ids, dictionary);
  }

  /** Returns the value that all rows have, or a negative number. */
  private int constant(int name) {
    int constant = -1;
    for (Part part : parts) {
      ValueColumn column = part.stream.column(name);
      int end = part.rows == null ? part.from + part.count : part.stream.published().rows();
      int own = column == null ? -1 : column.constantBefore(end);
      if (own < 0 || constant >= 0 && own != constant) {
        return -1;
      }
      constant = own;
    }
    return constant;
  }

  /** Numbers the values that occur anew, in the order of their first use. */
  private Column dictionary(int[] ids, ValueDictionary dictionary, int distinct) {
    int[] numbers = new int[distinct];
    Arrays.fill(numbers, -1);
    List<byte[]> values = new ArrayList<>();
    for (int row = 0; row < ids.length; row++) {
      int id = ids[row];
      if (id >= 0) {
        if (numbers[id] < 0) {
          numbers[id] = values.size();
          values.add(value(dictionary, id));
        }
        ids[row] = numbers[id];
      }
    }
    return values.isEmpty()
        ? Column.Absent.INSTANCE
        : new Column.Dictionary(ids, values.toArray(new byte[0][]));
  }

  private Column plain(int[] ids, ValueDictionary dictionary) {
    int[] valueStarts = dictionary.starts();
    int[] valueLengths = dictionary.lengths();
    int[] starts = new int[ids.length];
    int[] lengths = new int[ids.length];
    for (int row = 0; row < ids.length; row++) {
      int id = ids[row];
      starts[row] = id < 0 ? 0 : valueStarts[id];
      lengths[row] = id < 0 ? -1 : valueLengths[id];
    }
    return new Column.Plain(values().arena().bytes(), starts, lengths);
  }

  private byte[] value(ValueDictionary dictionary, int id) {
    int start = dictionary.starts()[id];
    return Arrays.copyOfRange(values().arena().bytes(), start, start + dictionary.lengths()[id]);
  }

  private static void copyIds(Part part, ValueColumn column, int[] ids) {
    if (column == null) {
      Arrays.fill(ids, part.at, part.at + part.count, -1);
    } else if (part.rows == null) {
      column.copy(part.from, part.count, ids, part.at);
    } else {
      for (int i = 0; i < part.count; i++) {
        ids[part.at + i] = column.get(part.rows[i]);
      }
    }
  }

  private static void copy(Part part, long[] from, long[] to) {
    if (part.rows == null) {
      System.arraycopy(from, part.from, to, part.at, part.count);
      return;
    }
    for (int i = 0; i < part.count; i++) {
      to[part.at + i] = from[part.rows[i]];
    }
  }

  private static void copy(Part part, int[] from, int[] to) {
    if (part.rows == null) {
      System.arraycopy(from, part.from, to, part.at, part.count);
      return;
    }
    for (int i = 0; i < part.count; i++) {
      to[part.at + i] = from[part.rows[i]];
    }
  }
}
