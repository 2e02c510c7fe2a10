package dev.skald.ingester;

import dev.skald.config.IngestLimits;
import dev.skald.config.Overrides;
import dev.skald.ingester.PushResult.Reason;
import dev.skald.ingester.PushResult.RejectedEntry;
import dev.skald.ingester.PushResult.StreamRejection;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Decides entry by entry what a shard takes (http-api.md §4.6, the checks of the ingester). For the
 * shard's thread only.
 */
final class Admission {

  /**
   * What is left of a record.
   *
   * @param record the accepted entries, or null if there are none
   * @param entries how many the record had before
   * @param names how many names of structured metadata it had
   */
  record Admitted(PushRecord record, PushResult result, int entries, int names) {}

  private final Overrides overrides;
  private final long windowNanos;
  private final PushRecordReader reader = new PushRecordReader();
  private final RecordFilter filter = new RecordFilter();

  /** The streams that records were admitted to, whose rows are not committed yet. */
  private final List<LiveStream> raised = new ArrayList<>();

  private final BitSet rejected = new BitSet();
  private int entry;
  private IngestLimits limits;
  private long nowNanos;

  /**
   * @param windowNanos how much older than its stream's newest an entry may be
   */
  Admission(Overrides overrides, long windowNanos) {
    this.overrides = overrides;
    this.windowNanos = windowNanos;
  }

  /**
   * Checks a record against its streams.
   *
   * @throws dev.skald.storage.wal.CorruptRecordException if it does not decode
   * @throws IllegalArgumentException if the labels of a stream are no canonical text
   */
  Admitted admit(PushRecord record, LiveStreams streams, long now) {
    reader.reset(record);
    limits = overrides.limits(reader.tenant()).ingest();
    nowNanos = now;
    rejected.clear();
    entry = 0;
    List<StreamRejection> rejections = new ArrayList<>(0);
    while (reader.nextStream()) {
      LiveStream stream =
          streams.findOrAdd(
              reader.tenant(), reader.labels(), reader.streamHash(), limits.maxStreams());
      admitStream(stream, rejections);
    }
    if (rejections.isEmpty()) {
      return admitted(entry == 0 ? null : record, PushResult.ACCEPTED);
    }
    return admitted(filter.without(rejected, record), new PushResult(rejections));
  }

  private Admitted admitted(PushRecord record, PushResult result) {
    return new Admitted(record, result, entry, reader.names());
  }

  /** Notes that what was admitted is stored. */
  void commit() {
    raised.clear();
  }

  /** Takes back what was admitted and is in no head. */
  void rollback() {
    raised.forEach(LiveStream::unadmit);
    raised.clear();
  }

  private void admitStream(LiveStream stream, List<StreamRejection> rejections) {
    int first = entry;
    List<RejectedEntry> bad = null;
    if (stream != null) {
      stream.use(nowNanos);
      raised.add(stream);
    }
    while (reader.nextEntry()) {
      RejectedEntry rejection = check(stream);
      if (rejection != null) {
        bad = bad == null ? new ArrayList<>() : bad;
        bad.add(rejection);
        rejected.set(entry);
      }
      entry++;
    }
    if (bad != null) {
      rejections.add(new StreamRejection(reader.labels().toString(), entry - first, bad));
    }
  }

  private RejectedEntry check(LiveStream stream) {
    if (stream == null) {
      return reject(Reason.STREAM_LIMIT, limits.maxStreams());
    }
    long timestamp = reader.timestamp();
    long newest = stream.newest();
    if (timestamp < newest) {
      if (!limits.unorderedWrites()) {
        return reject(Reason.OUT_OF_ORDER, newest);
      }
      if (timestamp < newest - windowNanos) {
        return reject(Reason.TOO_FAR_BEHIND, newest - windowNanos);
      }
    }
    if (limits.perStreamRate() > 0 && !hasBudget(stream)) {
      return reject(Reason.PER_STREAM_RATE_LIMIT, limits.perStreamRate());
    }
    stream.admit(timestamp);
    return null;
  }

  private boolean hasBudget(LiveStream stream) {
    return stream.take(
        reader.entryBytes(), limits.perStreamRate(), limits.perStreamBurst(), nowNanos);
  }

  private RejectedEntry reject(Reason reason, long limit) {
    return new RejectedEntry(reader.timestamp(), reader.entryBytes(), reason, limit);
  }
}
