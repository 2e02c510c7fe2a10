package dev.skald.storage.wal;

import dev.skald.logql.batch.Slice;
import dev.skald.storage.bytes.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over a push record: {@link #reset}, then while {@link #nextStream} while {@link
 * #nextEntry}. Nothing is copied and nothing is allocated for an entry. May be reset to one record
 * after the other; not safe for use by several threads.
 *
 * <p>Metadata pairs are numbers below {@link #pairs}, given out in the order in which the pairs
 * first stand in the record, so that a consumer looks at the bytes of each distinct pair once.
 *
 * <p>Every method that moves throws {@link CorruptRecordException} for bytes that are no record.
 */
public final class PushRecordReader {
  private byte[] bytes = new byte[0];
  private int start;
  private int limit;
  private int position;
  private String tenant = "";

  private final Slice labels = new Slice();
  private long streamHash;

  private long timestamp;
  private final Slice line = new Slice();
  private int[] entryPairs = new int[16];
  private int entryPairCount;

  private int[] nameStarts = new int[16];
  private int[] nameLengths = new int[16];
  private int names;
  private int[] pairNames = new int[64];
  private int[] valueStarts = new int[64];
  private int[] valueLengths = new int[64];
  private int pairs;

  /** Moves to the start of a record and reads its tenant. */
  public void reset(PushRecord record) {
    reset(record.bytes(), 0, record.length());
  }

  /** Moves to the start of the record that lies in a range of bytes. */
  public void reset(byte[] newBytes, int offset, int length) {
    bytes = newBytes;
    start = offset;
    position = offset;
    limit = offset + length;
    names = 0;
    pairs = 0;
    entryPairCount = 0;
    timestamp = 0;
    int tenantLength = length();
    tenant = new String(bytes, position, tenantLength, StandardCharsets.UTF_8);
    position += tenantLength;
  }

  public String tenant() {
    return tenant;
  }

  /** Moves to the next stream; all entries of the one before must have been read. */
  public boolean nextStream() {
    int labelsLength = length();
    if (labelsLength == 0) {
      if (position != limit) {
        throw corrupt((limit - position) + " bytes after the end of the record");
      }
      return false;
    }
    labels.set(bytes, position, labelsLength);
    position += labelsLength;
    if (limit - position < Long.BYTES) {
      throw corrupt("the record ends inside a stream hash");
    }
    streamHash = LittleEndian.getLong(bytes, position);
    position += Long.BYTES;
    return true;
  }

  /** Returns the labels of the stream as canonical text; valid until the next stream. */
  public Slice labels() {
    return labels;
  }

  public long streamHash() {
    return streamHash;
  }

  /** Moves to the next entry of the stream. */
  public boolean nextEntry() {
    int lineLength = length() - 1;
    if (lineLength < 0) {
      return false;
    }
    line.set(bytes, position, lineLength);
    position += lineLength;
    timestamp += Varint.unzigzag(varint());
    readPairs();
    return true;
  }

  /** Returns the time of the entry in unix nanoseconds. */
  public long timestamp() {
    return timestamp;
  }

  /** Returns the line of the entry; valid until the next entry. */
  public Slice line() {
    return line;
  }

  /** Returns how many metadata pairs the entry has. */
  public int entryPairs() {
    return entryPairCount;
  }

  /** Returns the number of the entry's pair at an index below {@link #entryPairs}. */
  public int entryPair(int index) {
    return entryPairs[index];
  }

  /** Returns how many distinct pairs have been read so far in the record. */
  public int pairs() {
    return pairs;
  }

  /** Returns how many distinct names have been read so far in the record. */
  public int names() {
    return names;
  }

  /** Returns the number of a pair's name. */
  public int pairName(int pair) {
    return pairNames[pair];
  }

  /** Points the slice at a name. */
  public void name(int name, Slice slice) {
    slice.set(bytes, nameStarts[name], nameLengths[name]);
  }

  /** Points the slice at the value of a pair. */
  public void value(int pair, Slice slice) {
    slice.set(bytes, valueStarts[pair], valueLengths[pair]);
  }

  /** Returns the length of the entry's line, metadata names and metadata values. */
  public long entryBytes() {
    long sum = line.length;
    for (int i = 0; i < entryPairCount; i++) {
      int pair = entryPairs[i];
      sum += nameLengths[pairNames[pair]] + valueLengths[pair];
    }
    return sum;
  }

  private void readPairs() {
    entryPairCount = 0;
    while (true) {
      long pair = varint() - 1;
      if (pair < 0) {
        if (pair != -1) {
          throw corrupt("a pair number out of range");
        }
        return;
      }
      if (pair >= pairs) {
        definePair(pair);
      }
      if (entryPairCount == entryPairs.length) {
        entryPairs = Arrays.copyOf(entryPairs, 2 * entryPairCount);
      }
      entryPairs[entryPairCount++] = (int) pair;
    }
  }

  private void definePair(long pair) {
    if (pair != pairs) {
      throw corrupt("pair " + pair + " where " + pairs + " are known");
    }
    long name = varint();
    if (name < 0 || name > names) {
      throw corrupt("name " + name + " where " + names + " are known");
    }
    if (name == names) {
      defineName();
    }
    if (pairs == pairNames.length) {
      pairNames = Arrays.copyOf(pairNames, 2 * pairs);
      valueStarts = Arrays.copyOf(valueStarts, 2 * pairs);
      valueLengths = Arrays.copyOf(valueLengths, 2 * pairs);
    }
    int valueLength = length();
    pairNames[pairs] = (int) name;
    valueStarts[pairs] = position;
    valueLengths[pairs] = valueLength;
    pairs++;
    position += valueLength;
  }

  private void defineName() {
    if (names == nameStarts.length) {
      nameStarts = Arrays.copyOf(nameStarts, 2 * names);
      nameLengths = Arrays.copyOf(nameLengths, 2 * names);
    }
    int nameLength = length();
    nameStarts[names] = position;
    nameLengths[names] = nameLength;
    names++;
    position += nameLength;
  }

  /**
   * Reads a length, or a length plus one, of bytes that follow.
   *
   * @return at most one more than what is left of the record
   */
  private int length() {
    long value = varint();
    if (value < 0 || value > limit - position) {
      throw corrupt("a length of " + value + " where " + (limit - position) + " bytes are left");
    }
    return (int) value;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position >= limit) {
        throw corrupt("the record ends inside a number");
      }
      byte next = bytes[position++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw corrupt("a number of more than ten bytes");
  }

  private CorruptRecordException corrupt(String problem) {
    return new CorruptRecordException(position - start, problem);
  }
}
