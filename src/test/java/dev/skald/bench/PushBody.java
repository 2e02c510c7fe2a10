package dev.skald.bench;

import java.io.ByteArrayOutputStream;

/** Writes a stream of a push as protobuf, and pushes as snappy blocks (http-api.md §4.3). */
final class PushBody {
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  PushBody(String labels) {
    field(stream, 1, GeneratedDay.utf8(labels));
  }

  /**
   * @param time unix nanoseconds
   * @param trace null for none
   */
  void entry(long time, String line, String level, String trace) {
    ByteArrayOutputStream timestamp = new ByteArrayOutputStream();
    timestamp.write(1 << 3);
    varint(timestamp, time / 1_000_000_000L);
    timestamp.write(2 << 3);
    varint(timestamp, time % 1_000_000_000L);
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    field(entry, 1, timestamp.toByteArray());
    field(entry, 2, GeneratedDay.utf8(line));
    pair(entry, "level", level);
    if (trace != null) {
      pair(entry, "trace_id", trace);
    }
    field(stream, 2, entry.toByteArray());
  }

  private static void pair(ByteArrayOutputStream entry, String name, String value) {
    ByteArrayOutputStream pair = new ByteArrayOutputStream();
    field(pair, 1, GeneratedDay.utf8(name));
    field(pair, 2, GeneratedDay.utf8(value));
    field(entry, 3, pair.toByteArray());
  }

  /** Returns the request of some streams, of which some may be null. */
  static byte[] request(PushBody[] streams) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    for (PushBody stream : streams) {
      if (stream != null) {
        field(request, 1, stream.stream.toByteArray());
      }
    }
    return Snappy.store(request.toByteArray());
  }

  private static void field(ByteArrayOutputStream out, int number, byte[] value) {
    out.write(number << 3 | 2);
    varint(out, value.length);
    out.writeBytes(value);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
