package dev.skald.ingester;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjIntConsumer;

/**
 * Recent entries of one shard that will be sealed together: raw bytes in an append-only arena, rows
 * by stream. One thread appends; readers see what was committed, at once and without a lock.
 */
final class Head {
  /** What a row takes beside its bytes: time, line position and some metadata numbers. */
  private static final int BYTES_PER_ROW = 32;

  private static final int OWN_BYTES = 4096;

  private final HeadId id;
  private final long createdNanos;
  private final HeadValues values;
  private final Map<String, HeadTenant> tenants = new ConcurrentHashMap<>();

  private final PushRecordReader reader = new PushRecordReader();
  private final RecordPairs recordPairs;
  private final EntryMetadata metadata = new EntryMetadata();
  private final List<LiveStream> touched = new ArrayList<>();
  private final BitSet known = new BitSet();
  private int entry;
  private long rows;
  private long committedRows;
  private long committedNanos;
  private long duplicates;
  private long streamMemory;

  /**
   * @param expectedBytes about how much it will take before it is sealed
   * @param createdNanos in unix nanoseconds
   */
  Head(HeadId id, int expectedBytes, long createdNanos) {
    this.id = id;
    this.createdNanos = createdNanos;
    this.committedNanos = createdNanos;
    this.values = new HeadValues(new Arena(expectedBytes));
    this.recordPairs = new RecordPairs(values);
  }

  HeadId id() {
    return id;
  }

  long createdNanos() {
    return createdNanos;
  }

  HeadValues values() {
    return values;
  }

  /** Returns when entries were last committed, in unix nanoseconds. */
  long committedNanos() {
    return committedNanos;
  }

  /** Returns whether nothing was committed yet. */
  boolean isEmpty() {
    return committedRows == 0;
  }

  /** Returns how many rows there are, committed or not. */
  long rows() {
    return rows;
  }

  /** Returns about how many bytes the entries are. */
  long bytes() {
    return values.arena().length() + BYTES_PER_ROW * rows;
  }

  /** Returns about how much memory the head takes in all, as of the last commit or rollback. */
  long memory() {
    return OWN_BYTES + values.memory() + streamMemory;
  }

  /** Returns what a tenant has in this head, or null. */
  HeadTenant tenant(String tenant) {
    return tenants.get(tenant);
  }

  Iterable<HeadTenant> tenants() {
    return tenants.values();
  }

  /** Returns everything by tenant, ready to be sealed; tenants without entries are left out. */
  Map<String, Batch> batches() {
    Map<String, Batch> batches = new LinkedHashMap<>();
    tenants.forEach(
        (tenant, streams) -> {
          Batch batch = streams.everything();
          if (batch.rows() > 0) {
            batches.put(tenant, batch);
          }
        });
    return batches;
  }

  /** Tells of every stream with entries, by its tenant, how many it has. */
  void forEachStream(ObjIntConsumer<String> consumer) {
    tenants.forEach((tenant, streams) -> streams.forEach(rows -> consumer.accept(tenant, rows)));
  }

  HeadStream addStream(String tenant, Labels labels, long hash) {
    HeadStream stream = new HeadStream(labels, hash, values);
    tenants.computeIfAbsent(tenant, name -> new HeadTenant()).add(stream);
    return stream;
  }

  /**
   * Appends the entries of a record that are not stored yet; {@link #commit} makes them visible.
   *
   * @param streams knows the record's streams
   * @return the entries that were stored before, by their place in the record; until the next call
   */
  BitSet append(PushRecord record, StreamLookup streams) {
    return append(record, streams, false);
  }

  /** Appends the entries of a record of this head's own log, which has none of them twice. */
  void replay(PushRecord record, StreamLookup streams) {
    append(record, streams, true);
  }

  private BitSet append(PushRecord record, StreamLookup streams, boolean replayed) {
    reader.reset(record);
    recordPairs.clear();
    known.clear();
    entry = 0;
    while (reader.nextStream()) {
      LiveStream stream = streams.find(reader.tenant(), reader.labels(), reader.streamHash());
      if (!stream.touched()) {
        touched.add(stream);
        stream.touch();
      }
      append(stream, stream.rowsIn(this, reader.tenant()), replayed);
    }
    return known;
  }

  private void append(LiveStream stream, HeadStream target, boolean replayed) {
    for (; reader.nextEntry(); entry++) {
      recordPairs.resolve(reader, metadata);
      long timestamp = reader.timestamp();
      if (stream.isDuplicate(timestamp, reader.line(), metadata, replayed)) {
        duplicates++;
        known.set(entry);
        continue;
      }
      target.append(timestamp, reader.line(), metadata);
      stream.noteAppended(timestamp);
      rows++;
    }
  }

  /** Makes everything that was appended visible. */
  void commit(long nowNanos) {
    for (LiveStream stream : touched) {
      stream.commit(nowNanos);
      streamMemory += stream.rows().growth();
    }
    touched.clear();
    committedRows = rows;
    committedNanos = nowNanos;
  }

  /** Takes back everything that was appended since the last commit. */
  void rollback() {
    for (LiveStream stream : touched) {
      stream.rollback();
      streamMemory += stream.rows() == null ? 0 : stream.rows().growth();
    }
    touched.clear();
    rows = committedRows;
  }

  /** Returns how many entries were left out because they were stored before. */
  long duplicates() {
    return duplicates;
  }
}
