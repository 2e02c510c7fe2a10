package dev.skald.storage.segment;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;
import java.util.Arrays;

/**
 * The entries of a stream by minute. Only minutes with entries are there, ascending.
 *
 * @param minutes unix minutes, that is, times divided by sixty seconds, rounded down
 * @param entries how many entries each minute has
 * @param lineBytes length of the lines of each minute
 */
public record MinuteCounts(long[] minutes, int[] entries, long[] lineBytes) {
  static final long NANOS = 60_000_000_000L;

  /** Counts entries that come in time order. Not safe for use by several threads. */
  static final class Builder {
    private long[] minutes = new long[16];
    private int[] entries = new int[16];
    private long[] lineBytes = new long[16];
    private int size;

    void add(long time, int length) {
      long minute = Math.floorDiv(time, NANOS);
      if (size == 0 || minutes[size - 1] != minute) {
        if (size == minutes.length) {
          minutes = Arrays.copyOf(minutes, size * 2);
          entries = Arrays.copyOf(entries, size * 2);
          lineBytes = Arrays.copyOf(lineBytes, size * 2);
        }
        minutes[size++] = minute;
      }
      entries[size - 1]++;
      lineBytes[size - 1] += length;
    }

    MinuteCounts build() {
      return new MinuteCounts(
          Arrays.copyOf(minutes, size),
          Arrays.copyOf(entries, size),
          Arrays.copyOf(lineBytes, size));
    }
  }

  /** Writes the minutes, then the entries, then the bytes, as like compresses best with like. */
  void encode(ByteWriter out) {
    out.varint(minutes.length);
    long previous = 0;
    for (long minute : minutes) {
      out.zigzag(minute - previous);
      previous = minute;
    }
    for (int count : entries) {
      out.varint(count);
    }
    for (long length : lineBytes) {
      out.varint(length);
    }
  }

  static MinuteCounts decode(ByteReader in) {
    int size = in.count(3, "number of minutes");
    long[] minutes = new long[size];
    long minute = 0;
    for (int i = 0; i < size; i++) {
      long step = in.zigzag();
      if (i > 0 && step <= 0) {
        throw new MalformedException("minutes are not ascending");
      }
      minute += step;
      minutes[i] = minute;
    }
    int[] entries = new int[size];
    for (int i = 0; i < size; i++) {
      entries[i] = in.varint(1, Integer.MAX_VALUE, "entries of a minute");
    }
    long[] lineBytes = new long[size];
    for (int i = 0; i < size; i++) {
      lineBytes[i] = in.varint();
    }
    return new MinuteCounts(minutes, entries, lineBytes);
  }
}
