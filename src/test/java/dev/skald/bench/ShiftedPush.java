package dev.skald.bench;

/** A recorded push with all its times moved, as snappy once more (http-api.md §4.3). */
final class ShiftedPush {
  private static final int STREAMS = 1;
  private static final int ENTRIES = 2;
  private static final int TIMESTAMP = 1;
  private static final int SECONDS = 1;
  private static final int LENGTH_DELIMITED = 2;

  private final byte[] raw;
  private final long seconds;

  private ShiftedPush(byte[] raw, long seconds) {
    this.raw = raw;
    this.seconds = seconds;
  }

  /**
   * @param body a push as it was recorded
   * @param seconds by how much the entries become younger, negative for older
   */
  static byte[] of(byte[] body, long seconds) {
    byte[] raw = Snappy.decompress(body);
    new ShiftedPush(raw, seconds).request();
    return Snappy.store(raw);
  }

  private void request() {
    fields(0, raw.length, STREAMS, this::stream);
  }

  private void stream(int from, int to) {
    fields(from, to, ENTRIES, this::entry);
  }

  private void entry(int from, int to) {
    fields(from, to, TIMESTAMP, this::timestamp);
  }

  /** The seconds of our time take five bytes, a day more or less. */
  private void timestamp(int from, int to) {
    if (from == to || raw[from] != SECONDS << 3) {
      throw new IllegalArgumentException("a timestamp without seconds at byte " + from);
    }
    long old = varint(from + 1);
    long moved = old + seconds;
    int at = from + 1;
    for (int left = size(old); left > 0; left--) {
      raw[at++] = (byte) (moved & 0x7F | (left > 1 ? 0x80 : 0));
      moved >>>= 7;
    }
    if (moved != 0) {
      throw new IllegalArgumentException("a time of another length at byte " + from);
    }
  }

  private interface Message {
    void read(int from, int to);
  }

  private void fields(int from, int to, int wanted, Message message) {
    int at = from;
    while (at < to) {
      long tag = varint(at);
      at += size(tag);
      long value = varint(at);
      at += size(value);
      if ((tag & 7) == LENGTH_DELIMITED) {
        if (tag >>> 3 == wanted) {
          message.read(at, at + (int) value);
        }
        at += (int) value;
      }
    }
  }

  private long varint(int from) {
    long value = 0;
    for (int at = from, shift = 0; ; at++, shift += 7) {
      value |= (raw[at] & 0x7FL) << shift;
      if (raw[at] >= 0) {
        return value;
      }
    }
  }

  private static int size(long value) {
    return (63 - Long.numberOfLeadingZeros(value | 1)) / 7 + 1;
  }
}
