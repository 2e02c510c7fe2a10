package dev.skald.distributor;

import dev.skald.distributor.MetadataNames.InvalidNameException;
import dev.skald.logql.batch.Slice;
import dev.skald.logql.stage.Utf8;
import dev.skald.storage.wal.PushRecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The structured metadata of one entry after normalisation: no name twice, no empty value, no
 * malformed UTF-8 (http-api.md §4.2 and §4.5 (2)). Reused from entry to entry; not safe for use by
 * several threads.
 */
final class MetadataPairs {
  private static final byte[] NOTHING = {};

  private final MetadataNames normaliser = new MetadataNames();
  private byte[][] names = new byte[16][];
  private boolean[] renamed = new boolean[16];
  private Slice[] values = slices(16);
  private final Slice nameSlice = new Slice();
  private int count;
  private long bytes;

  /** Lets go of what the pairs point into. */
  void forget() {
    clear();
    for (Slice value : values) {
      value.set(NOTHING, 0, 0);
    }
  }

  private void clear() {
    count = 0;
    bytes = 0;
  }

  int count() {
    return count;
  }

  /** Bytes of all names and values. */
  long bytes() {
    return bytes;
  }

  /** Takes the pairs of an entry, its own first, in place of those that are here. */
  void read(EntryMetadata entry) throws InvalidNameException {
    clear();
    addAll(entry.request(), entry.first(), entry.end());
    PushPairs pairs = entry.request().pairs();
    for (int g = entry.group(); g != PushPairs.NO_GROUP; g = pairs.parent(g)) {
      addAll(entry.request(), pairs.groupFirst(g), pairs.groupEnd(g));
    }
  }

  private void addAll(PushRequest request, int first, int end) throws InvalidNameException {
    for (int pair = first; pair < end; pair++) {
      add(request, pair);
    }
  }

  private void add(PushRequest request, int pair) throws InvalidNameException {
    PushPairs pairs = request.pairs();
    byte[] text = request.bytes();
    int start = pairs.nameStart(pair);
    int length = pairs.nameLength(pair);
    byte[] name = normaliser.normalise(text, start, length);
    boolean changed = !Arrays.equals(name, 0, name.length, text, start, start + length);
    int index = indexOf(name);
    if (index < 0) {
      index = append(name);
    } else if (renamed[index] && !changed) {
      return;
    } else {
      bytes -= values[index].length;
    }
    renamed[index] = changed;
    setValue(values[index], text, pairs.valueStart(pair), pairs.valueLength(pair));
    bytes += values[index].length;
  }

  /** Sets a pair, whether its name is there already or not; the arrays are kept, not copied. */
  void set(byte[] name, byte[] value) {
    int index = indexOf(name);
    if (index < 0) {
      index = append(name);
    } else {
      bytes -= values[index].length;
    }
    values[index].set(value, 0, value.length);
    bytes += value.length;
  }

  private int append(byte[] name) {
    if (count == names.length) {
      names = Arrays.copyOf(names, count * 2);
      renamed = Arrays.copyOf(renamed, count * 2);
      Slice[] more = slices(count * 2);
      System.arraycopy(values, 0, more, 0, count);
      values = more;
    }
    names[count] = name;
    renamed[count] = false;
    bytes += name.length;
    return count++;
  }

  int indexOf(byte[] name) {
    for (int i = 0; i < count; i++) {
      if (names[i] == name || Arrays.equals(names[i], name)) {
        return i;
      }
    }
    return -1;
  }

  String name(int index) {
    return new String(names[index], StandardCharsets.UTF_8);
  }

  Slice value(int index) {
    return values[index];
  }

  void writeTo(PushRecordWriter writer) {
    for (int i = 0; i < count; i++) {
      nameSlice.set(names[i], 0, names[i].length);
      writer.metadata(nameSlice, values[i]);
    }
  }

  /** Malformed bytes, and U+FFFD that stands for them, become blanks. */
  private static void setValue(Slice slice, byte[] text, int start, int length) {
    slice.set(text, start, length);
    if (Utf8.hasReplacement(text, start, start + length)) {
      byte[] mended = new byte[length];
      slice.set(mended, 0, mend(text, start, start + length, mended));
    }
  }

  private static int mend(byte[] text, int from, int to, byte[] out) {
    int used = 0;
    for (int i = from; i < to; ) {
      int width = Utf8.length(text, i, to);
      if (width == 0 || Utf8.hasReplacement(text, i, i + width)) {
        out[used++] = ' ';
      } else {
        System.arraycopy(text, i, out, used, width);
        used += width;
      }
      i += Math.max(1, width);
    }
    return used;
  }

  private static Slice[] slices(int count) {
    Slice[] slices = new Slice[count];
    Arrays.setAll(slices, i -> new Slice());
    return slices;
  }
}
