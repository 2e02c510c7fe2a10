package dev.skald.distributor;

import java.util.Arrays;

/**
 * A decoded push, flat: streams, their entries, and the entries' structured metadata, all as places
 * in one byte array, so that a line never becomes an object.
 *
 * <p>A decoder adds a stream, then its entries, and the pairs of an entry right after it. Not safe
 * for use by several threads.
 */
public final class PushRequest {
  private byte[] bytes;
  private int used;

  private byte[][] labels = new byte[16][];
  private int[] firstEntry = new int[17];
  private int streams;

  private long[] timestamps = new long[256];
  private int[] lineStart = new int[256];
  private int[] lineLength = new int[256];
  private int[] firstPair = new int[257];
  private int entries;

  private int[] nameStart = new int[256];
  private int[] nameLength = new int[256];
  private int[] valueStart = new int[256];
  private int[] valueLength = new int[256];
  private int pairs;

  /**
   * @param body what lines, names and values point into; the request takes it over
   * @param length how many bytes of it are in use
   */
  public PushRequest(byte[] body, int length) {
    this.bytes = body;
    this.used = length;
  }

  /** The array that all places point into; a call that adds bytes may replace it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Copies text that stands nowhere in the body, and returns its place. */
  public int append(byte[] text, int offset, int length) {
    if (bytes.length - used < length) {
      bytes = Arrays.copyOf(bytes, Math.max(used + length, bytes.length + (bytes.length >> 1)));
    }
    System.arraycopy(text, offset, bytes, used, length);
    used += length;
    return used - length;
  }

  /**
   * Begins a stream; the entries added next are its own.
   *
   * @param labelText the label set as text, {@code {a="b"}}; kept, not copied
   */
  public void stream(byte[] labelText) {
    if (streams == labels.length) {
      labels = Arrays.copyOf(labels, streams * 2);
      firstEntry = Arrays.copyOf(firstEntry, streams * 2 + 1);
    }
    labels[streams++] = labelText;
    firstEntry[streams] = entries;
  }

  /** Gives the newest stream its labels, for a format in which they may follow the entries. */
  public void labels(byte[] labelText) {
    labels[streams - 1] = labelText;
  }

  /** Adds an entry to the newest stream; the time in unix nanoseconds. */
  public void entry(long timestamp, int start, int length) {
    if (entries == timestamps.length) {
      int size = entries * 2;
      timestamps = Arrays.copyOf(timestamps, size);
      lineStart = Arrays.copyOf(lineStart, size);
      lineLength = Arrays.copyOf(lineLength, size);
      firstPair = Arrays.copyOf(firstPair, size + 1);
    }
    timestamps[entries] = timestamp;
    lineStart[entries] = start;
    lineLength[entries] = length;
    entries++;
    firstPair[entries] = pairs;
    firstEntry[streams] = entries;
  }

  /** Changes time and line of the newest entry, for a format in which they may follow its pairs. */
  public void amendEntry(long timestamp, int start, int length) {
    timestamps[entries - 1] = timestamp;
    lineStart[entries - 1] = start;
    lineLength[entries - 1] = length;
  }

  /** Adds a pair of structured metadata to the newest entry. */
  public void metadata(int nameAt, int nameBytes, int valueAt, int valueBytes) {
    if (pairs == nameStart.length) {
      int size = pairs * 2;
      nameStart = Arrays.copyOf(nameStart, size);
      nameLength = Arrays.copyOf(nameLength, size);
      valueStart = Arrays.copyOf(valueStart, size);
      valueLength = Arrays.copyOf(valueLength, size);
    }
    nameStart[pairs] = nameAt;
    nameLength[pairs] = nameBytes;
    valueStart[pairs] = valueAt;
    valueLength[pairs] = valueBytes;
    pairs++;
    firstPair[entries] = pairs;
  }

  public int streams() {
    return streams;
  }

  public byte[] labels(int stream) {
    return labels[stream];
  }

  /** The first entry of a stream; its last is before the first of the next. */
  public int firstEntry(int stream) {
    return firstEntry[stream];
  }

  public int entries() {
    return entries;
  }

  public long timestamp(int entry) {
    return timestamps[entry];
  }

  public int lineStart(int entry) {
    return lineStart[entry];
  }

  public int lineLength(int entry) {
    return lineLength[entry];
  }

  /** The first pair of an entry; its last is before the first of the next. */
  public int firstPair(int entry) {
    return firstPair[entry];
  }

  public int nameStart(int pair) {
    return nameStart[pair];
  }

  public int nameLength(int pair) {
    return nameLength[pair];
  }

  public int valueStart(int pair) {
    return valueStart[pair];
  }

  public int valueLength(int pair) {
    return valueLength[pair];
  }
}
