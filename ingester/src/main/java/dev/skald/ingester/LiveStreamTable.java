package dev.skald.ingester;

import dev.skald.logql.batch.Slice;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Finds the streams of one tenant by hash and labels text without making a key object. */
final class LiveStreamTable {
  private static final int FIRST_CAPACITY = 16;

  /** Each stream at the place its hash gives or after it; null where free. At most half full. */
  private LiveStream[] table = new LiveStream[FIRST_CAPACITY];

  private int size;

  int size() {
    return size;
  }

  LiveStream find(Slice labels, long hash) {
    int mask = table.length - 1;
    int slot = place(hash) & mask;
    while (table[slot] != null) {
      if (table[slot].hash() == hash && table[slot].isNamed(labels)) {
        return table[slot];
      }
      slot = (slot + 1) & mask;
    }
    return null;
  }

  void add(LiveStream stream) {
    if (2 * (size + 1) > table.length) {
      rebuild(2 * table.length, old -> false);
    }
    put(stream);
    size++;
  }

  void forEach(Consumer<LiveStream> consumer) {
    for (LiveStream stream : table) {
      if (stream != null) {
        consumer.accept(stream);
      }
    }
  }

  /** Removes streams and returns how many. */
  int removeIf(Predicate<LiveStream> unwanted) {
    int before = size;
    rebuild(table.length, unwanted);
    return before - size;
  }

  private void rebuild(int capacity, Predicate<LiveStream> unwanted) {
    LiveStream[] old = table;
    table = new LiveStream[capacity];
    size = 0;
    for (LiveStream stream : old) {
      if (stream != null && !unwanted.test(stream)) {
        put(stream);
        size++;
      }
    }
  }

  private void put(LiveStream stream) {
    int mask = table.length - 1;
    int slot = place(stream.hash()) & mask;
    while (table[slot] != null) {
      slot = (slot + 1) & mask;
    }
    table[slot] = stream;
  }

  /** Streams of one shard have hashes with something in common, so the bits are mixed. */
  private static int place(long hash) {
    return (int) (hash * 0x9e3779b97f4a7c15L >>> 32);
  }
}
