package dev.skald.distributor;

import dev.skald.config.IngestLimits;
import dev.skald.distributor.MetadataNames.InvalidNameException;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.wal.PushRecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The work space of one push: what of it is valid becomes a record for each shard, the rest becomes
 * rejections. Reused from push to push; not safe for use by several threads.
 */
final class PushSession {
  /** No record has more names of structured metadata. */
  static final int MOST_NAMES = 4096;

  /** A record with many names has no more names times entries: heads hold a column a name. */
  static final long MOST_CELLS = 1 << 21;

  /** Up to so many names are no matter. */
  private static final int FEW_NAMES = 64;

  private static final byte[] NOTHING = {};

  /** The record of a shard has too many names of structured metadata. */
  static final class TooWideException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int names;
    private final int entries;

    TooWideException(int names, int entries) {
      super(names + " names, " + entries + " entries");
      this.names = names;
      this.entries = entries;
    }

    int names() {
      return names;
    }

    int entries() {
      return entries;
    }
  }

  private final PushRecordWriter[] writers;
  private final MetadataPairs metadata = new MetadataPairs();
  private final EntryMetadata sent = new EntryMetadata();
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

  /** Lets go of the bytes of the push. */
  void end() {
    line.set(NOTHING, 0, 0);
    sent.forget();
    metadata.forget();
  }

  /** Returns how large the buffers have become. */
  long capacity() {
    long sum = 0;
    for (PushRecordWriter writer : writers) {
      sum += writer.capacity();
    }
    return sum;
  }

  PushRecordWriter writer(int shard) {
    return writers[shard];
  }

  Tally tally() {
    return tally;
  }

  /** Adds the valid entries of a stream to the record of a shard. */
  void add(
      PushRequest request, int stream, Target target, EntryCheck check, RejectionSink rejections)
      throws TooWideException {
    PushRecordWriter writer = writers[target.shard];
    DistinctTimes times = new DistinctTimes(check.limits().incrementDuplicateTimestamp());
    boolean begun = false;
    for (int entry = request.firstEntry(stream); entry < request.firstEntry(stream + 1); entry++) {
      line.set(request.bytes(), request.lineStart(entry), request.lineLength(entry));
      sent.set(request, stream, entry);
      Rejection rejection = check(request.timestamp(entry), target.stream, check);
      if (rejection != null) {
        rejections.rejected(rejection, 1, line.length + sent.bytes());
        continue;
      }
      if (!begun) {
        writer.beginStream(target.stream.canonical(), target.stream.hash());
        begun = true;
      }
      write(writer, times.next(request.timestamp(entry), line), target, check);
      checkWidth(writer);
    }
  }

  private static void checkWidth(PushRecordWriter writer) throws TooWideException {
    int names = writer.names();
    if (names > FEW_NAMES && (names > MOST_NAMES || (long) names * writer.entries() > MOST_CELLS)) {
      throw new TooWideException(names, writer.entries());
    }
  }

  /**
   * Where a stream goes.
   *
   * @param levels null if levels are not detected
   */
  record Target(ResolvedStream stream, int shard, LevelEnricher levels) {}

  /** Checks an entry, whose normalised metadata are then at hand if it is taken. */
  private Rejection check(long timestamp, ResolvedStream stream, EntryCheck check) {
    if (stream.rejection() != null) {
      return stream.rejection();
    }
    Rejection rejection = check.time(stream, timestamp);
    if (rejection == null) {
      rejection = check.line(stream, line.length);
    }
    if (rejection == null) {
      rejection = check.metadata(stream, sent.count(), sent.bytes());
    }
    if (rejection != null) {
      return rejection;
    }
    try {
      metadata.read(sent);
      return null;
    } catch (InvalidNameException e) {
      return Rejection.badRequest("invalid_structured_metadata", e.getMessage());
    }
  }

  private void write(PushRecordWriter writer, long timestamp, Target target, EntryCheck check) {
    if (check.tooLong(line.length)) {
      truncate(check.limits());
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
    byte[] cut = Arrays.copyOfRange(line.bytes, line.offset, line.offset + kept + suffix.length);
    System.arraycopy(suffix, 0, cut, kept, suffix.length);
    line.set(cut, 0, cut.length);
  }
}
