package dev.skald.storage.segment;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A segment that was made and is yet to be put into an object store.
 *
 * @param day UTC day, counted from 1970-01-01
 * @param content all bytes, in order
 * @param tailLength how many of the last bytes are needed to open it
 * @param minTime of its entries, in unix nanoseconds
 * @param maxTime of its entries, in unix nanoseconds
 */
public record WrittenSegment(
    long day,
    List<ByteBuffer> content,
    int tailLength,
    int streams,
    long entries,
    long minTime,
    long maxTime) {
  public WrittenSegment {
    content = List.copyOf(content);
  }

  public long bytes() {
    return content.stream().mapToLong(ByteBuffer::remaining).sum();
  }
}
