package dev.skald.storage;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Turns entries into batches and back. */
public final class Batches {
  public static final Selection EVERYTHING =
      new Selection(List.of(), Long.MIN_VALUE, Long.MAX_VALUE, Columns.ALL);

  private Batches() {}

  /** Returns a batch with one run a stream, in time order; equal times keep their order. */
  public static Batch of(List<TestEntry> entries) {
    Map<Labels, List<TestEntry>> streams = new LinkedHashMap<>();
    for (TestEntry entry : entries) {
      streams.computeIfAbsent(entry.labels(), labels -> new ArrayList<>()).add(entry);
    }
    List<Batch.Run> runs = new ArrayList<>();
    List<TestEntry> rows = new ArrayList<>();
    streams.forEach(
        (labels, ofStream) -> {
          ofStream.sort(Comparator.comparingLong(TestEntry::time));
          int from = rows.size();
          rows.addAll(ofStream);
          runs.add(new Batch.Run(labels, hash(labels), from, rows.size()));
        });
    List<byte[]> lines = rows.stream().map(TestEntry::line).toList();
    return new Batch(
        runs, rows.stream().mapToLong(TestEntry::time).toArray(), plain(lines), metadata(rows));
  }

  public static long hash(Labels labels) {
    return labels.toString().hashCode() * 0x9E3779B97F4A7C15L;
  }

  private static List<Batch.MetadataColumn> metadata(List<TestEntry> rows) {
    TreeSet<String> names = new TreeSet<>();
    rows.forEach(row -> names.addAll(row.metadata().keySet()));
    List<Batch.MetadataColumn> columns = new ArrayList<>();
    for (String name : names) {
      List<byte[]> values = new ArrayList<>();
      for (TestEntry row : rows) {
        String value = row.metadata().get(name);
        values.add(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
      }
      // Both kinds of input must work: the length of the name decides which one it is.
      columns.add(
          new Batch.MetadataColumn(
              name, name.length() % 2 == 0 ? plain(values) : dictionary(values)));
    }
    return columns;
  }

  private static Column plain(List<byte[]> values) {
    int[] starts = new int[values.size()];
    int[] lengths = new int[values.size()];
    int total = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = total;
      lengths[i] = values.get(i) == null ? -1 : values.get(i).length;
      total += Math.max(0, lengths[i]);
    }
    byte[] bytes = new byte[total];
    for (int i = 0; i < starts.length; i++) {
      if (lengths[i] > 0) {
        System.arraycopy(values.get(i), 0, bytes, starts[i], lengths[i]);
      }
    }
    return new Column.Plain(bytes, starts, lengths);
  }

  private static Column dictionary(List<byte[]> values) {
    List<byte[]> distinct = new ArrayList<>();
    int[] ids = new int[values.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = values.get(i) == null ? -1 : id(distinct, values.get(i));
    }
    return new Column.Dictionary(ids, distinct.toArray(byte[][]::new));
  }

  private static int id(List<byte[]> distinct, byte[] value) {
    for (int i = 0; i < distinct.size(); i++) {
      if (Arrays.equals(distinct.get(i), value)) {
        return i;
      }
    }
    distinct.add(value);
    return distinct.size() - 1;
  }

  /** Returns the entries of blocks, block by block. */
  public static List<TestEntry> read(List<Block> blocks) {
    List<TestEntry> entries = new ArrayList<>();
    for (Block block : blocks) {
      entries.addAll(entries(block.read(Columns.ALL)));
    }
    return entries;
  }

  public static List<TestEntry> entries(Batch batch) {
    List<TestEntry> entries = new ArrayList<>();
    Slice slice = new Slice();
    for (Batch.Run run : batch.runs()) {
      for (int row = run.from(); row < run.to(); row++) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Batch.MetadataColumn column : batch.metadata()) {
          if (column.values().read(row, slice)) {
            metadata.put(column.name(), slice.toString());
          }
        }
        byte[] line = new byte[0];
        if (batch.lines().read(row, slice)) {
          line = Arrays.copyOfRange(slice.bytes, slice.offset, slice.end());
        }
        entries.add(TestEntry.of(run.labels(), batch.timestamps()[row], line, metadata));
      }
    }
    return entries;
  }

  /** Returns entries as a segment has them: by stream, then by time, then by arrival. */
  public static List<TestEntry> sorted(List<TestEntry> entries) {
    return entries.stream()
        .sorted(
            Comparator.comparing(
                    (TestEntry entry) -> entry.labels().toString(), Labels::compareBytes)
                .thenComparingLong(TestEntry::time))
        .toList();
  }
}
