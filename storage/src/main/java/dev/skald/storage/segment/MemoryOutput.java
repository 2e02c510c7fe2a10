package dev.skald.storage.segment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Keeps a segment in memory, as for the seal of a head, which is small. */
final class MemoryOutput implements SegmentOutput {
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private long position;

  @Override
  public BlockInfo.PageRef add(byte[] bytes) {
    chunks.add(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    position += bytes.length;
    return new BlockInfo.PageRef(position - bytes.length, bytes.length);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public List<ByteBuffer> content() {
    return List.copyOf(chunks);
  }
}
