package dev.skald.storage.catalog;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** The bytes of the things that edits and checkpoints speak of. */
final class ElementCodec {
  static final int LOG_BYTES = 16;

  /** A count of things is not believed beyond what the bytes can hold of the smallest one. */
  static final int LEAST_SEGMENT = 12;

  static final int LEAST_GARBAGE = 4;
  static final int LEAST_REQUEST = 7;

  private ElementCodec() {}

  static void segment(SegmentEntry entry, ByteWriter out) {
    out.varint(entry.number()).string(entry.tenant()).zigzag(entry.day()).varint(entry.level());
    out.string(entry.key()).varint(entry.bytes()).varint(entry.tailLength());
    out.varint(entry.streams()).varint(entry.entries());
    out.zigzag(entry.minTime()).zigzag(entry.maxTime());
    out.varint(entry.head().isPresent() ? entry.head().getAsLong() + 1 : 0);
  }

  static SegmentEntry segment(ByteReader in) {
    long number = in.varint();
    String tenant = in.string();
    long day = in.zigzag();
    int level = in.varint(0, Integer.MAX_VALUE, "level");
    String key = in.string();
    long bytes = in.varint();
    int tail = in.varint(0, Integer.MAX_VALUE, "length of a tail");
    int streams = in.varint(0, Integer.MAX_VALUE, "number of streams");
    long entries = in.varint();
    long min = in.zigzag();
    long max = in.zigzag();
    long head = in.varint();
    return new SegmentEntry(
        number,
        tenant,
        day,
        level,
        key,
        bytes,
        tail,
        streams,
        entries,
        min,
        max,
        head == 0 ? OptionalLong.empty() : OptionalLong.of(head - 1));
  }

  static void garbage(Garbage garbage, ByteWriter out) {
    out.string(garbage.key()).varint(garbage.bytes());
    out.zigzag(garbage.removed().toEpochMilli()).varint(garbage.delay().toMillis());
  }

  static Garbage garbage(ByteReader in) {
    String key = in.string();
    long bytes = in.varint();
    Instant removed = Instant.ofEpochMilli(in.zigzag());
    return new Garbage(key, bytes, removed, Duration.ofMillis(in.varint()));
  }

  static void request(DeleteRequest request, ByteWriter out) {
    out.string(request.id()).string(request.tenant()).string(request.query());
    out.zigzag(request.start()).zigzag(request.end()).zigzag(request.created());
    out.u8(request.status().ordinal());
  }

  static DeleteRequest request(ByteReader in) {
    String id = in.string();
    String tenant = in.string();
    String query = in.string();
    long start = in.zigzag();
    long end = in.zigzag();
    long created = in.zigzag();
    int status = in.u8();
    DeleteRequest.Status[] all = DeleteRequest.Status.values();
    if (status >= all.length) {
      throw new MalformedException("status " + status + ", wanted 0 to " + (all.length - 1));
    }
    return new DeleteRequest(id, tenant, query, start, end, created, all[status]);
  }

  static void log(LogId log, ByteWriter out) {
    out.u64(log.high()).u64(log.low());
  }

  static LogId log(ByteReader in) {
    return new LogId(in.u64(), in.u64());
  }
}
