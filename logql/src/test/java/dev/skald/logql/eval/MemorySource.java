package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.StreamHash;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Entries in memory, in blocks of a few rows each, in order of arrival: blocks overlap in time, and
 * streams come in several runs.
 */
final class MemorySource implements EntrySource {
  private final int rowsPerBlock;
  private final List<Entry> entries = new ArrayList<>();
  private int blocksRead;
  private int metadataReads;

  private record Entry(Labels stream, long time, byte[] line, Labels metadata) {}

  MemorySource(int rowsPerBlock) {
    this.rowsPerBlock = rowsPerBlock;
  }

  MemorySource add(Labels stream, long time, String line) {
    return add(stream, time, line, Labels.EMPTY);
  }

  MemorySource add(Labels stream, long time, String line, Labels metadata) {
    entries.add(new Entry(stream, time, line.getBytes(StandardCharsets.UTF_8), metadata));
    return this;
  }

  /** Returns how often metadata was asked for. */
  int metadataReads() {
    return metadataReads;
  }

  int blocksRead() {
    return blocksRead;
  }

  @Override
  public List<Block> select(Selection selection) {
    List<Block> blocks = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += rowsPerBlock) {
      MemoryBlock block =
          new MemoryBlock(
              entries.subList(from, Math.min(entries.size(), from + rowsPerBlock)), selection);
      if (selection.overlaps(block.minTime(), block.maxTime())) {
        blocks.add(block);
      }
    }
    return blocks;
  }

  @Override
  public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
    throw new UnsupportedOperationException("evaluation asks for no streams");
  }

  private final class MemoryBlock implements Block {
    private final List<Entry> all;
    private final Selection selection;

    MemoryBlock(List<Entry> all, Selection selection) {
      this.all = all;
      this.selection = selection;
    }

    @Override
    public long minTime() {
      return all.stream().mapToLong(Entry::time).min().orElseThrow();
    }

    @Override
    public long maxTime() {
      return all.stream().mapToLong(Entry::time).max().orElseThrow();
    }

    @Override
    public Batch read(Columns columns) {
      blocksRead++;
      metadataReads += columns.wantsMetadata() ? 1 : 0;
      Map<Labels, List<Entry>> byStream = new LinkedHashMap<>();
      for (Entry entry : all) {
        if (selection.overlaps(entry.time, entry.time)
            && selection.matchers().stream().allMatch(m -> m.matches(entry.stream))) {
          byStream.computeIfAbsent(entry.stream, any -> new ArrayList<>()).add(entry);
        }
      }
      List<Entry> rows = new ArrayList<>();
      List<Batch.Run> runs = new ArrayList<>();
      byStream.forEach(
          (stream, members) -> {
            members.sort(Comparator.comparingLong(Entry::time));
            int from = rows.size();
            rows.addAll(members);
            runs.add(new Batch.Run(stream, StreamHash.of(stream), from, rows.size()));
          });
      long[] times = rows.stream().mapToLong(Entry::time).toArray();
      return new Batch(runs, times, lines(rows, columns), metadata(rows, columns));
    }

    private Column lines(List<Entry> rows, Columns columns) {
      return columns.lines()
          ? plain(rows.stream().map(Entry::line).toList())
          : Column.Absent.INSTANCE;
    }

    private List<Batch.MetadataColumn> metadata(List<Entry> rows, Columns columns) {
      TreeSet<String> names = new TreeSet<>();
      for (Entry row : rows) {
        for (int i = 0; i < row.metadata.size(); i++) {
          names.add(row.metadata.name(i));
        }
      }
      names.removeIf(name -> !columns.wantsMetadata(name));
      return names.stream()
          .map(name -> new Batch.MetadataColumn(name, metadataColumn(rows, name)))
          .toList();
    }

    private static Column metadataColumn(List<Entry> rows, String name) {
      List<byte[]> values = new ArrayList<>();
      for (Entry row : rows) {
        String value = row.metadata.get(name);
        values.add(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
      }
      return plain(values);
    }

    /** Returns a column of values; null where a row has none. */
    private static Column plain(List<byte[]> values) {
      int[] starts = new int[values.size()];
      int[] lengths = new int[values.size()];
      int size = 0;
      for (int i = 0; i < starts.length; i++) {
        starts[i] = size;
        lengths[i] = values.get(i) == null ? -1 : values.get(i).length;
        size += Math.max(lengths[i], 0);
      }
      byte[] bytes = new byte[size];
      for (int i = 0; i < starts.length; i++) {
        if (lengths[i] > 0) {
          System.arraycopy(values.get(i), 0, bytes, starts[i], lengths[i]);
        }
      }
      return new Column.Plain(bytes, starts, lengths);
    }
  }
}
