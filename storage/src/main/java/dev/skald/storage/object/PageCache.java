package dev.skald.storage.object;

import dev.skald.storage.bytes.Crc32c;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chunks of immutable objects in one local file, up to so many bytes.
 *
 * <p>The file is a row of slots of equal size, a chunk each; which slot holds what is known in
 * memory only. So there is no format, nothing to sync and nothing to recover: the cache starts
 * empty, whatever a crash has left of the file. A chunk is found if its bytes have the checksum
 * that they were stored with; one that the disk has changed is a miss. When all slots are taken,
 * the hand of a clock goes around: it spares a chunk that was read since it last came by, once, and
 * replaces the first other one. Against the true order of use that costs a bit a slot and no list
 * to keep while reading.
 *
 * <p>A failing disk only makes it useless: reads are misses, writes are left out and logged once.
 * Safe for use by any thread; the lock is never held while the file is read or written.
 */
public final class PageCache implements AutoCloseable {
  /** Bytes of a chunk; the last one of an object may have fewer. */
  public static final int CHUNK = 128 << 10;

  private static final Logger log = LoggerFactory.getLogger(PageCache.class);
  private static final int LANES = 8;

  private record Key(String object, int chunk) {}

  /**
   * A chunk in its slot. A new one each time, so that who reads it sees whether it was replaced.
   */
  private static final class Entry {
    final Key key;
    final int slot;
    final int length;
    final int crc;
    boolean used;

    Entry(Key key, int slot, int length, int crc) {
      this.key = key;
      this.slot = slot;
      this.length = length;
      this.crc = crc;
    }
  }

  /**
   * The same file several times over, each for one thread at a time. A FileChannel would need no
   * turns, but is closed for all when a thread that reads from it is interrupted.
   */
  private final RandomAccessFile[] lanes;

  private final int slots;
  private final Map<Key, Entry> index = new HashMap<>();
  private final Entry[] bySlot;

  /** Slots below {@link #everTaken} that hold nothing. */
  private final ArrayDeque<Integer> free = new ArrayDeque<>();

  private int everTaken;
  private int hand;
  private long bytes;
  private final AtomicBoolean failureLogged = new AtomicBoolean();

  private PageCache(RandomAccessFile[] lanes, int slots) {
    this.lanes = lanes;
    this.slots = slots;
    this.bySlot = new Entry[slots];
  }

  /** Returns a cache that holds nothing. */
  public static PageCache none() {
    return new PageCache(new RandomAccessFile[0], 0);
  }

  /**
   * Opens an empty cache.
   *
   * @param file what it holds is lost; made if it is not there
   * @param capacity how many bytes the file may have; less than a chunk for none
   */
  public static PageCache open(Path file, long capacity) throws IOException {
    int slots = (int) Math.min(capacity / CHUNK, Integer.MAX_VALUE / 2);
    if (slots <= 0) {
      return none();
    }
    Directories.createDurably(file.toAbsolutePath().getParent());
    RandomAccessFile[] lanes = new RandomAccessFile[LANES];
    try {
      for (int i = 0; i < LANES; i++) {
        lanes[i] = new RandomAccessFile(file.toFile(), "rw");
      }
      lanes[0].setLength(0);
    } catch (IOException failure) {
      closeAll(lanes);
      throw failure;
    }
    return new PageCache(lanes, slots);
  }

  /** Returns whether an object of so many bytes fits. */
  boolean fits(long size) {
    return size <= (long) slots * CHUNK;
  }

  /** Returns how many bytes it holds now. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Returns a chunk, or null if it is not here. */
  byte[] read(String object, int chunk) {
    Entry entry = find(new Key(object, chunk));
    if (entry == null) {
      return null;
    }
    byte[] content = new byte[entry.length];
    boolean good = readSlot(entry, content) && Crc32c.of(content, 0, content.length) == entry.crc;
    // A slot may have been given to another chunk while it was read.
    return still(entry, good) ? content : null;
  }

  private synchronized Entry find(Key key) {
    Entry entry = index.get(key);
    if (entry != null) {
      entry.used = true;
    }
    return entry;
  }

  private synchronized boolean still(Entry entry, boolean good) {
    boolean here = bySlot[entry.slot] == entry;
    if (here && !good) {
      forget(entry);
    }
    return here && good;
  }

  private boolean readSlot(Entry entry, byte[] target) {
    RandomAccessFile lane = lanes[entry.slot % LANES];
    synchronized (lane) {
      try {
        lane.seek((long) entry.slot * CHUNK);
        lane.readFully(target);
        return true;
      } catch (IOException unreadable) {
        return false;
      }
    }
  }

  /** Keeps a chunk, if a slot can be had. */
  void put(String object, int chunk, byte[] content, int offset, int length) {
    Key key = new Key(object, chunk);
    int slot = takeSlot(key);
    if (slot >= 0) {
      boolean written = writeSlot(slot, content, offset, length);
      keep(new Entry(key, slot, length, Crc32c.of(content, offset, length)), written);
    }
  }

  /** Returns a slot that no entry names, or -1 if all are being written or the chunk is here. */
  private synchronized int takeSlot(Key key) {
    if (slots == 0 || index.containsKey(key)) {
      return -1;
    }
    if (free.isEmpty() && everTaken == slots) {
      evict();
    }
    if (!free.isEmpty()) {
      return free.pop();
    }
    return everTaken < slots ? everTaken++ : -1;
  }

  private void evict() {
    for (int i = 0; i < 2 * slots; i++) {
      Entry entry = bySlot[hand];
      hand = (hand + 1) % slots;
      if (entry != null && !entry.used) {
        forget(entry);
        return;
      }
      if (entry != null) {
        entry.used = false;
      }
    }
  }

  private void forget(Entry entry) {
    bySlot[entry.slot] = null;
    index.remove(entry.key);
    free.push(entry.slot);
    bytes -= entry.length;
  }

  private synchronized void keep(Entry entry, boolean written) {
    if (!written || index.putIfAbsent(entry.key, entry) != null) {
      free.push(entry.slot);
      return;
    }
    bySlot[entry.slot] = entry;
    bytes += entry.length;
  }

  private boolean writeSlot(int slot, byte[] content, int offset, int length) {
    RandomAccessFile lane = lanes[slot % LANES];
    synchronized (lane) {
      try {
        lane.seek((long) slot * CHUNK);
        lane.write(content, offset, length);
        return true;
      } catch (IOException failure) {
        if (failureLogged.compareAndSet(false, true)) {
          log.warn("the cache of pages cannot be written; reads go to the store", failure);
        }
        return false;
      }
    }
  }

  private static void closeAll(RandomAccessFile[] lanes) throws IOException {
    for (RandomAccessFile lane : lanes) {
      if (lane != null) {
        lane.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    closeAll(lanes);
  }
}
