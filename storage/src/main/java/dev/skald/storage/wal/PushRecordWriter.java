package dev.skald.storage.wal;

import dev.skald.logql.batch.Slice;
import dev.skald.storage.bytes.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Builds push records: {@link #begin}, then for each stream {@link #beginStream} and for each of
 * its entries {@link #entry} followed by its {@link #metadata}, then {@link #finish}. Nothing is
 * allocated for an entry. A writer may build one record after the other; it is not safe for use by
 * several threads.
 *
 * <p>Pushes of one client are much alike in size, so a record starts with the room that the one
 * before it took.
 *
 * <p>A metadata pair is written in full where it first stands in the record, and as a number after
 * that ({@link PairDictionary}).
 */
public final class PushRecordWriter {
  private static final int FIRST_CAPACITY = 4096;

  private final PairDictionary pairs = new PairDictionary();
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int length;
  private boolean inStream;
  private boolean inEntry;
  private long lastTimestamp;
  private int entries;

  /** Starts a record; what was not finished is forgotten. */
  public void begin(String tenant) {
    byte[] utf8 = tenant.getBytes(StandardCharsets.UTF_8);
    pairs.clear();
    length = 0;
    entries = 0;
    lastTimestamp = 0;
    inStream = false;
    inEntry = false;
    appendBytes(utf8, 0, utf8.length);
  }

  /**
   * Starts a stream.
   *
   * @param labels canonical text such as <code>{a="b", c="d"}</code> in UTF-8
   * @param hash the stream's hash (logql.md §20.4)
   */
  public void beginStream(Slice labels, long hash) {
    endStream();
    if (labels.length == 0) {
      throw new IllegalArgumentException("a stream without labels text");
    }
    appendBytes(labels.bytes, labels.offset, labels.length);
    reserve(Long.BYTES);
    LittleEndian.putLong(bytes, length, hash);
    length += Long.BYTES;
    inStream = true;
  }

  /**
   * Adds an entry to the stream.
   *
   * @param timestamp unix nanoseconds
   * @param line any bytes
   */
  public void entry(long timestamp, Slice line) {
    if (!inStream) {
      throw new IllegalStateException("an entry before any stream");
    }
    endEntry();
    reserve(line.length + 2 * Varint.MAX_BYTES);
    length = Varint.put(bytes, length, line.length + 1L);
    System.arraycopy(line.bytes, line.offset, bytes, length, line.length);
    length += line.length;
    length = Varint.put(bytes, length, Varint.zigzag(timestamp - lastTimestamp));
    lastTimestamp = timestamp;
    inEntry = true;
    entries++;
  }

  /** Adds a pair of structured metadata to the entry, which must not have the name yet. */
  public void metadata(Slice name, Slice value) {
    if (!inEntry) {
      throw new IllegalStateException("metadata before any entry");
    }
    int known = pairs.size();
    int pair = pairs.find(bytes, name, value);
    reserve(Varint.MAX_BYTES);
    length = Varint.put(bytes, length, pair + 1L);
    if (pair == known) {
      definePair(name, value);
    }
  }

  /** Returns how many entries the record has so far. */
  public int entries() {
    return entries;
  }

  /** Returns how many names of structured metadata the record has so far. */
  public int names() {
    return pairs.names();
  }

  /** Returns about how much memory the writer holds. */
  public int capacity() {
    return bytes.length;
  }

  /** Returns how many bytes the record has so far. */
  public int length() {
    return length;
  }

  /** Ends the record and hands it out. */
  public PushRecord finish() {
    endStream();
    reserve(1);
    bytes[length++] = 0;
    PushRecord record = new PushRecord(bytes, length);
    bytes = new byte[Math.max(FIRST_CAPACITY, length + (length >> 3))];
    length = 0;
    inStream = false;
    return record;
  }

  private void definePair(Slice name, Slice value) {
    int known = pairs.names();
    int nameId = pairs.findName(bytes, name);
    reserve(Varint.MAX_BYTES);
    length = Varint.put(bytes, length, nameId);
    if (nameId == known) {
      int start = appendBytes(name.bytes, name.offset, name.length);
      pairs.defineName(start, name.length);
    }
    int start = appendBytes(value.bytes, value.offset, value.length);
    pairs.definePair(nameId, start, value.length);
  }

  /** Appends a length and so many bytes; returns where the bytes begin. */
  private int appendBytes(byte[] from, int offset, int count) {
    reserve(count + Varint.MAX_BYTES);
    length = Varint.put(bytes, length, count);
    int start = length;
    System.arraycopy(from, offset, bytes, start, count);
    length += count;
    return start;
  }

  private void endStream() {
    endEntry();
    if (inStream) {
      reserve(1);
      bytes[length++] = 0;
      inStream = false;
    }
  }

  private void endEntry() {
    if (inEntry) {
      reserve(1);
      bytes[length++] = 0;
      pairs.endEntry();
      inEntry = false;
    }
  }

  private void reserve(int more) {
    if (more > bytes.length - length) {
      int wanted = Math.addExact(length, more);
      bytes = Arrays.copyOf(bytes, Math.max(wanted, (int) Math.min(2L * length, 1 << 30)));
    }
  }
}
