package dev.skald.storage.object;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Reads from a store that is far away, through a {@link PageCache}, in whole chunks. A chunk that
 * another thread is just reading is waited for; the others are read in as few gets as is cheapest.
 * An object that is no longer than a get takes to begin is fetched whole if the cache can keep it.
 * Safe for use by any thread.
 */
public final class RemoteRanges implements RangeReader {
  /**
   * A get of S3 begins after 10 to 20 ms, in which a stream of it delivers about so much (50 to 100
   * MB/s), and costs money of its own.
   */
  private static final int GAP = 1 << 20;

  private static final int CHUNK = PageCache.CHUNK;

  private final ObjectStore store;
  private final PageCache cache;
  private final PageCacheListener listener;
  private final ConcurrentMap<ChunkId, Pending<Chunk>> reading = new ConcurrentHashMap<>();

  private record ChunkId(String key, int number) {}

  /** Bytes of a chunk: all of {@code bytes} from an offset on that belong to it. */
  private record Chunk(byte[] bytes, int offset) {}

  public RemoteRanges(ObjectStore store, PageCache cache, PageCacheListener listener) {
    this.store = store;
    this.cache = cache;
    this.listener = listener;
  }

  @Override
  public int gap() {
    return GAP;
  }

  @Override
  public byte[] read(String key, long size, long offset, int length) throws IOException {
    if (length <= 0 || offset < 0 || offset + length > size) {
      return store.get(key, offset, length);
    }
    boolean whole = size <= GAP && cache.fits(size);
    int first = whole ? 0 : (int) (offset / CHUNK);
    int last = (int) ((whole ? size - 1 : offset + length - 1) / CHUNK);
    Request request = new Request(key, size, first, new Chunk[last - first + 1]);
    try {
      return request.read() ? request.copy(offset, length) : store.get(key, offset, length);
    } catch (EOFException shorter) {
      // The object is shorter than was said; the range may still be there.
      return store.get(key, offset, length);
    }
  }

  /** One read of some chunks of an object, from {@code first} on. */
  private final class Request {
    final String key;
    final long size;
    final int first;
    final Chunk[] chunks;
    final List<Integer> own = new ArrayList<>();
    final List<Pending<Chunk>> promised = new ArrayList<>();
    final List<Integer> others = new ArrayList<>();
    final List<Pending<Chunk>> awaited = new ArrayList<>();

    Request(String key, long size, int first, Chunk[] chunks) {
      this.key = key;
      this.size = size;
      this.first = first;
      this.chunks = chunks;
    }

    /** Returns false if another thread has failed to bring a chunk, for reasons of its own. */
    boolean read() throws IOException {
      try {
        for (int i = 0; i < chunks.length; i++) {
          find(first + i);
        }
        fetchOwn();
      } finally {
        // Whatever happens, nobody waits for a chunk that this thread will not bring.
        IOException notRead = own.isEmpty() ? null : new IOException("another read has failed");
        for (int i = 0; i < own.size(); i++) {
          promised.get(i).fail(notRead);
          reading.remove(new ChunkId(key, own.get(i)), promised.get(i));
        }
      }
      // Own chunks come first, so that no two threads can wait for each other.
      return awaitOthers();
    }

    private boolean awaitOthers() throws InterruptedIOException {
      try {
        for (int i = 0; i < others.size(); i++) {
          chunks[others.get(i) - first] = awaited.get(i).await();
        }
        return true;
      } catch (InterruptedIOException interrupted) {
        throw interrupted;
      } catch (IOException | RuntimeException notMine) {
        return false;
      }
    }

    private void find(int number) {
      if (findCached(number)) {
        return;
      }
      ChunkId id = new ChunkId(key, number);
      Pending<Chunk> mine = new Pending<>();
      Pending<Chunk> theirs = reading.putIfAbsent(id, mine);
      if (theirs != null) {
        others.add(number);
        awaited.add(theirs);
      } else if (findCached(number)) {
        // Another thread has brought it since.
        mine.complete(chunks[number - first]);
        reading.remove(id, mine);
        return;
      } else {
        own.add(number);
        promised.add(mine);
      }
      listener.miss(length(number));
    }

    private boolean findCached(int number) {
      byte[] cached = cache.read(key, number);
      if (cached == null || cached.length != length(number)) {
        return false;
      }
      listener.hit(cached.length);
      chunks[number - first] = new Chunk(cached, 0);
      return true;
    }

    private void fetchOwn() throws IOException {
      int from = 0;
      for (int to = 1; to <= own.size(); to++) {
        boolean near = to < own.size() && (long) (own.get(to) - own.get(to - 1) - 1) * CHUNK <= GAP;
        if (!near) {
          fetch(from, to);
          from = to;
        }
      }
    }

    /** Reads the own chunks {@code [from, to)} and what lies between them in one get. */
    private void fetch(int from, int to) throws IOException {
      long start = start(own.get(from));
      int length = Math.toIntExact(start(own.get(to - 1)) + length(own.get(to - 1)) - start);
      byte[] bytes = store.get(key, start, length);
      for (int i = from; i < to; i++) {
        Chunk chunk = new Chunk(bytes, (int) (start(own.get(i)) - start));
        chunks[own.get(i) - first] = chunk;
        promised.get(i).complete(chunk);
      }
      for (int i = from; i < to; i++) {
        int at = (int) (start(own.get(i)) - start);
        cache.put(key, own.get(i), bytes, at, length(own.get(i)));
      }
    }

    private long start(int number) {
      return (long) number * CHUNK;
    }

    private int length(int number) {
      return (int) Math.min(CHUNK, size - start(number));
    }

    byte[] copy(long offset, int length) {
      byte[] target = new byte[length];
      int done = 0;
      while (done < length) {
        int number = (int) ((offset + done) / CHUNK);
        int skip = (int) (offset + done - start(number));
        int part = Math.min(length(number) - skip, length - done);
        Chunk chunk = chunks[number - first];
        System.arraycopy(chunk.bytes, chunk.offset + skip, target, done, part);
        done += part;
      }
      return target;
    }
  }
}
