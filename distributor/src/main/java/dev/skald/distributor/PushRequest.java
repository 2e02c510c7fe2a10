package dev.skald.distributor;

import java.util.Arrays;

/**
 * A decoded push, flat: streams, their entries, and the entries' structured metadata, all as places
 * in one byte array, so that a line never becomes an object.
 *
 * <p>A decoder adds a stream, then its entries, and the pairs of an entry right after it. Pairs
 * that all entries of a stream share are added before, as a group ({@link #beginGroup}). Not safe
 * for use by several threads.
 */
public final class PushRequest {
  /** What an entry takes here, in the record of its shard and in what is said if it is refused. */
  private static final long ENTRY_BYTES = 64;

  private static final long STREAM_BYTES = 128;

  /** Labels that are longer than those of any honest client cost more: they are read as objects. */
  private static final int LONG_LABELS = 1 << 12;

  private static final long LONG_LABELS_GROWTH = 32;

  private final PushRoom room;
  private byte[] bytes;
  private int used;

  private byte[][] labels = new byte[16][];
  private int[] group = new int[16];
  private int[] firstEntry = new int[17];
  private int streams;

  private long[] timestamps = new long[256];
  private int[] lineStart = new int[256];
  private int[] lineLength = new int[256];
  private int[] firstPair = new int[256];
  private int[] endPair = new int[256];
  private int entries;

  private final PushPairs pairs;
  private boolean inGroup;

  /**
   * @param body what lines, names and values point into; the request takes it over
   * @param length how many bytes of it are in use
   */
  public PushRequest(byte[] body, int length) {
    this(body, length, PushRoom.UNBOUNDED);
  }

  /**
   * @param room what the request grows by is taken from it; the body is not
   */
  public PushRequest(byte[] body, int length, PushRoom room) {
    this.bytes = body;
    this.used = length;
    this.room = room;
    this.pairs = new PushPairs(room);
  }

  /** Takes memory for labels that are still to be put together. */
  public static void takeForLabels(PushRoom room, int length) {
    room.take(length > LONG_LABELS ? LONG_LABELS_GROWTH * length : 2L * length);
  }

  /** The array that all places point into; a call that adds bytes may replace it. */
  public byte[] bytes() {
    return bytes;
  }

  /** Copies text that stands nowhere in the body, and returns its place. */
  public int append(byte[] text, int offset, int length) {
    if (bytes.length - used < length) {
      int wanted = Math.addExact(used, length);
      int capacity = Math.clamp(wanted * 3L / 2, wanted, Integer.MAX_VALUE - 8);
      room.take(capacity - bytes.length);
      bytes = Arrays.copyOf(bytes, capacity);
    }
    System.arraycopy(text, offset, bytes, used, length);
    used += length;
    return used - length;
  }

  /**
   * Begins a group of pairs that streams may name; the pairs added next are its own.
   *
   * @param parent a group whose pairs belong to this one too, or {@link PushPairs#NO_GROUP}
   */
  public int beginGroup(int parent) {
    inGroup = true;
    return pairs.beginGroup(parent);
  }

  /** Begins a stream whose entries share no pairs. */
  public void stream(byte[] labelText) {
    stream(labelText, PushPairs.NO_GROUP);
  }

  /**
   * Begins a stream; the entries added next are its own.
   *
   * @param labelText the label set as text, {@code {a="b"}}; kept, not copied
   * @param pairGroup pairs that all its entries have, or {@link PushPairs#NO_GROUP}
   */
  public void stream(byte[] labelText, int pairGroup) {
    if (streams == labels.length) {
      labels = Arrays.copyOf(labels, streams * 2);
      group = Arrays.copyOf(group, streams * 2);
      firstEntry = Arrays.copyOf(firstEntry, streams * 2 + 1);
    }
    room.take(STREAM_BYTES);
    takeForLabels(room, labelText.length);
    labels[streams] = labelText;
    group[streams] = pairGroup;
    firstEntry[++streams] = entries;
  }

  /** Gives the newest stream its labels, for a format in which they may follow the entries. */
  public void labels(byte[] labelText) {
    takeForLabels(room, labelText.length);
    labels[streams - 1] = labelText;
  }

  /** Adds an entry to the newest stream; the time in unix nanoseconds. */
  public void entry(long timestamp, int start, int length) {
    if (entries == timestamps.length) {
      int size = Math.multiplyExact(entries, 2);
      room.take(ENTRY_BYTES * entries);
      timestamps = Arrays.copyOf(timestamps, size);
      lineStart = Arrays.copyOf(lineStart, size);
      lineLength = Arrays.copyOf(lineLength, size);
      firstPair = Arrays.copyOf(firstPair, size);
      endPair = Arrays.copyOf(endPair, size);
    }
    inGroup = false;
    firstPair[entries] = pairs.size();
    endPair[entries] = pairs.size();
    entries++;
    firstEntry[streams] = entries;
    amendEntry(timestamp, start, length);
  }

  /** Changes time and line of the newest entry, for a format in which they may follow its pairs. */
  public void amendEntry(long timestamp, int start, int length) {
    timestamps[entries - 1] = timestamp;
    lineStart[entries - 1] = start;
    lineLength[entries - 1] = length;
  }

  /** Adds a pair of structured metadata to the newest entry or group, whichever is newer. */
  public void metadata(int nameAt, int nameBytes, int valueAt, int valueBytes) {
    if (!pairs.add(nameAt, nameBytes, valueAt, valueBytes)) {
      return;
    }
    if (inGroup) {
      pairs.extendGroup();
    } else {
      endPair[entries - 1] = pairs.size();
    }
  }

  public int streams() {
    return streams;
  }

  public byte[] labels(int stream) {
    return labels[stream];
  }

  /** The pairs that all entries of a stream have, or {@link PushPairs#NO_GROUP}. */
  public int groupOf(int stream) {
    return group[stream];
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

  /** The pairs of all entries and groups. */
  public PushPairs pairs() {
    return pairs;
  }

  /** The first pair of an entry's own. */
  public int firstPair(int entry) {
    return firstPair[entry];
  }

  /** The pair after the last of an entry's own. */
  public int endPair(int entry) {
    return endPair[entry];
  }
}
