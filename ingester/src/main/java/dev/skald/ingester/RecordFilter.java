package dev.skald.ingester;

import dev.skald.logql.batch.Slice;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordReader;
import dev.skald.storage.wal.PushRecordWriter;
import java.util.BitSet;

/** Copies records without some of their entries. For one thread. */
final class RecordFilter {
  private final PushRecordReader reader = new PushRecordReader();
  private final PushRecordWriter writer = new PushRecordWriter();
  private final Slice name = new Slice();
  private final Slice value = new Slice();

  /**
   * Returns what is left of a record, or null if nothing is.
   *
   * @param unwanted entries by their place in the record, whatever their stream
   */
  PushRecord without(BitSet unwanted, PushRecord record) {
    if (unwanted.isEmpty()) {
      return record;
    }
    reader.reset(record);
    writer.begin(reader.tenant());
    int entry = 0;
    while (reader.nextStream()) {
      boolean begun = false;
      while (reader.nextEntry()) {
        if (!unwanted.get(entry++)) {
          if (!begun) {
            writer.beginStream(reader.labels(), reader.streamHash());
            begun = true;
          }
          copyEntry();
        }
      }
    }
    return writer.entries() == 0 ? null : writer.finish();
  }

  private void copyEntry() {
    writer.entry(reader.timestamp(), reader.line());
    for (int i = 0; i < reader.entryPairs(); i++) {
      int pair = reader.entryPair(i);
      reader.name(reader.pairName(pair), name);
      reader.value(pair, value);
      writer.metadata(name, value);
    }
  }
}
