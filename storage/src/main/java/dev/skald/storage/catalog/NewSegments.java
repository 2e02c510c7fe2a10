package dev.skald.storage.catalog;

import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.segment.WrittenSegment;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts segments that were made into the store, each under a number of its own. They count once an
 * edit names them. Safe for use by any thread.
 */
public final class NewSegments {
  private static final Logger log = LoggerFactory.getLogger(NewSegments.class);

  /** No other process uses these numbers: more than one that is taken is the store's mistake. */
  private static final int ATTEMPTS = 10;

  private static final int COMPARED_AT_ONCE = 1 << 20;

  private final ObjectStore store;
  private final Catalog catalog;

  public NewSegments(ObjectStore store, Catalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  /**
   * What is not in the bytes of a segment.
   *
   * @param level see {@link SegmentEntry#level}
   * @param head number of the head that it is sealed from, if it is made from one
   */
  public record Origin(String tenant, int level, OptionalLong head) {}

  /**
   * Puts a segment.
   *
   * @return what an edit must add
   * @throws IOException if it cannot be put; then nothing is left of it, or the next start removes
   *     it
   */
  public SegmentEntry put(Origin origin, WrittenSegment segment) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long number = catalog.nextSegmentNumber();
      String key = SegmentKeys.of(origin.tenant, segment.day(), number);
      if (putWhole(key, segment.content())) {
        return entry(number, key, origin, segment);
      }
      log.warn("{} is taken, the segment gets the next number", key);
    }
    throw new IOException(
        ATTEMPTS + " numbers in a row are taken in the object store, wanted a free one");
  }

  private static SegmentEntry entry(
      long number, String key, Origin origin, WrittenSegment segment) {
    return new SegmentEntry(
        number,
        origin.tenant,
        segment.day(),
        origin.level,
        key,
        segment.bytes(),
        segment.tailLength(),
        segment.streams(),
        segment.entries(),
        segment.minTime(),
        segment.maxTime(),
        origin.head);
  }

  /** A put that fails may have left the object there, where each attempt would add another. */
  private boolean putWhole(String key, List<ByteBuffer> content) throws IOException {
    try {
      store.putIfAbsent(key, content);
      return true;
    } catch (FileAlreadyExistsException there) {
      return holds(key, content);
    } catch (IOException | RuntimeException | Error failure) {
      remove(key);
      throw failure;
    }
  }

  /** If the answer to a put was lost and the put tried again, the object there is its own. */
  private boolean holds(String key, List<ByteBuffer> content) throws IOException {
    try {
      long offset = 0;
      for (ByteBuffer chunk : content) {
        ByteBuffer rest = chunk.duplicate();
        while (rest.hasRemaining()) {
          int length = Math.min(COMPARED_AT_ONCE, rest.remaining());
          ByteBuffer wanted = rest.slice(rest.position(), length);
          if (!ByteBuffer.wrap(store.get(key, offset, length)).equals(wanted)) {
            return false;
          }
          rest.position(rest.position() + length);
          offset += length;
        }
      }
      return store.size(key) == offset;
    } catch (EOFException | NoSuchFileException another) {
      return false;
    }
  }

  /**
   * Removes a segment that no edit has named and none ever will. No other process uses its number,
   * so that this is safe even if another has taken over.
   */
  public void remove(SegmentEntry segment) {
    remove(segment.key());
  }

  private void remove(String key) {
    try {
      store.delete(key);
    } catch (IOException | RuntimeException failure) {
      log.warn("cannot remove the unfinished {}; the next start will", key, failure);
    }
  }
}
