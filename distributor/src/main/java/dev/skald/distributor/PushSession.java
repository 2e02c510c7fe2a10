package dev.skald.distributor;

import dev.skald.config.IngestLimits;
import dev.skald.distributor.MetadataNames.InvalidNameException;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.wal.PushRecordWriter;
import java.nio.charset.StandardCharsets;

/**
 * The work space of one push: what of it is valid becomes a record for each shard, the rest becomes
 * rejections. Reused from push to push; not safe for use by several threads.
 */
final class PushSession {
  private final PushRecordWriter[] writers;
  private final MetadataPairs metadata = new MetadataPairs();
  private final Slice line = new Slice();
  private final Tally tally = new Tally();

  /** What a push weighs so far. */
  static final class Tally {
    long lines;
    long bytes;
    long metadataBytes;
  }

  /** Hears of what is left out; the bytes are those of the line and its metadata. */
  interface RejectionSink {
    void rejected(Rejection rejection, long lines, long bytes);
  }

  PushSession(int shards) {
    writers = new PushRecordWriter[shards];
    for (int i = 0; i < shards; i++) {
      writers[i] = new PushRecordWriter();
    }
  }

  void begin(String tenant) {
    for (PushRecordWriter writer : writers) {
      writer.begin(tenant);
    }
    tally.lines = 0;
    tally.bytes = 0;
    tally.metadataBytes = 0;
  }

  PushRecordWriter writer(int shard) {
    return writers[shard];
  }

  Tally tally() {
    return tally;
  }

  /** Adds the valid entries of a stream to the record of a shard. */
  void add(
      PushRequest request, int stream, Target target, EntryCheck check, RejectionSink rejections) {
    boolean begun = false;
    long previous = Long.MIN_VALUE;
    for (int entry = request.firstEntry(stream); entry < request.firstEntry(stream + 1); entry++) {
      line.set(request.bytes(), request.lineStart(entry), request.lineLength(entry));
      Rejection rejection = target.stream.rejection();
      if (rejection == null) {
        rejection = check(request, entry, target.stream, check);
      }
      if (rejection != null) {
        rejections.rejected(rejection, 1, line.length + metadata.bytes());
        continue;
      }
      PushRecordWriter writer = writers[target.shard];
      if (!begun) {
        writer.beginStream(target.stream.canonical(), target.stream.hash());
        begun = true;
      }
      previous = timestamp(request.timestamp(entry), previous, check.limits());
      write(writer, previous, target, check.limits());
    }
  }

  /**
   * Where a stream goes.
   *
   * @param levels null if levels are not detected
   */
  record Target(ResolvedStream stream, int shard, LevelEnricher levels) {}

  private Rejection check(PushRequest request, int entry, ResolvedStream stream, EntryCheck check) {
    metadata.clear();
    Rejection rejection = check.time(stream, request.timestamp(entry));
    if (rejection == null) {
      rejection = check.line(stream, line.length);
    }
    if (rejection != null) {
      return rejection;
    }
    try {
      metadata.addAll(request, entry);
    } catch (InvalidNameException e) {
      return Rejection.badRequest("invalid_structured_metadata", e.getMessage());
    }
    return check.metadata(stream, metadata.count(), metadata.bytes());
  }

  private static long timestamp(long timestamp, long previous, IngestLimits limits) {
    boolean increment = limits.incrementDuplicateTimestamp() && timestamp == previous;
    return increment ? timestamp + 1 : timestamp;
  }

  private void write(PushRecordWriter writer, long timestamp, Target target, IngestLimits limits) {
    if (limits.maxLineSize() > 0 && line.length > limits.maxLineSize()) {
      truncate(limits);
    }
    if (target.levels != null) {
      target.levels.enrich(target.stream, metadata, line);
    }
    writer.entry(timestamp, line);
    metadata.writeTo(writer);
    tally.lines++;
    tally.bytes += line.length + metadata.bytes();
    tally.metadataBytes += metadata.bytes();
  }

  private void truncate(IngestLimits limits) {
    byte[] suffix = limits.maxLineSizeTruncateIdentifier().getBytes(StandardCharsets.UTF_8);
    int kept = Math.max(0, limits.maxLineSize() - suffix.length);
    byte[] cut = new byte[kept + suffix.length];
    System.arraycopy(line.bytes, line.offset, cut, 0, kept);
    System.arraycopy(suffix, 0, cut, kept, suffix.length);
    line.set(cut, 0, cut.length);
  }
}
