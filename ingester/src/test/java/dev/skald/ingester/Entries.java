package dev.skald.ingester;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Entries as tests speak of them, to records and back from batches. */
final class Entries {
  /** Any hash will do as long as a stream always has the same. */
  record Entry(Labels stream, long timestamp, String line, Map<String, String> metadata) {
    Entry(String app, long timestamp, String line) {
      this(Labels.of("app", app), timestamp, line, Map.of());
    }
  }

  private Entries() {}

  static long hash(Labels labels) {
    return labels.hashCode() * 0x9e3779b97f4a7c15L;
  }

  static PushRecord record(String tenant, List<Entry> entries) {
    PushRecordWriter writer = new PushRecordWriter();
    writer.begin(tenant);
    Labels stream = null;
    for (Entry entry : entries) {
      if (!entry.stream.equals(stream)) {
        stream = entry.stream;
        writer.beginStream(slice(stream.toString()), hash(stream));
      }
      writer.entry(entry.timestamp, slice(entry.line));
      entry.metadata.forEach((name, value) -> writer.metadata(slice(name), slice(value)));
    }
    return writer.finish();
  }

  static PushRecord record(String tenant, Entry... entries) {
    return record(tenant, List.of(entries));
  }

  static Slice slice(String text) {
    Slice slice = new Slice();
    byte[] bytes = text.getBytes(UTF_8);
    slice.set(bytes, 0, bytes.length);
    return slice;
  }

  /** Returns all entries of a source, in the order of its blocks and rows. */
  static List<Entry> all(EntrySource source) {
    return select(source, new Selection(List.of(), 0, Long.MAX_VALUE, Columns.ALL));
  }

  static List<Entry> select(EntrySource source, Selection selection) {
    List<Entry> entries = new ArrayList<>();
    for (Block block : source.select(selection)) {
      entries.addAll(of(block.read(selection.columns())));
    }
    return entries;
  }

  static List<Entry> of(Batch batch) {
    List<Entry> entries = new ArrayList<>();
    Slice slice = new Slice();
    for (Batch.Run run : batch.runs()) {
      for (int row = run.from(); row < run.to(); row++) {
        String line = batch.lines().read(row, slice) ? slice.toString() : null;
        Map<String, String> metadata = new TreeMap<>();
        for (Batch.MetadataColumn column : batch.metadata()) {
          if (column.values().read(row, slice)) {
            metadata.put(column.name(), slice.toString());
          }
        }
        entries.add(new Entry(run.labels(), batch.timestamps()[row], line, metadata));
      }
    }
    return entries;
  }
}
