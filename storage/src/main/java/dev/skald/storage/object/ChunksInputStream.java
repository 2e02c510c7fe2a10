package dev.skald.storage.object;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** Reads buffers one after the other, without moving their positions. */
final class ChunksInputStream extends InputStream {
  private final ByteBuffer[] chunks;
  private int next;

  ChunksInputStream(List<ByteBuffer> chunks) {
    this.chunks = chunks.stream().map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new);
  }

  @Override
  public int read() {
    return hasMore() ? chunks[next].get() & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, chunks[next].remaining());
    chunks[next].get(target, offset, count);
    return count;
  }

  private boolean hasMore() {
    while (next < chunks.length && !chunks[next].hasRemaining()) {
      next++;
    }
    return next < chunks.length;
  }
}
