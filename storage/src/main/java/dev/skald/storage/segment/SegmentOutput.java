package dev.skald.storage.segment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a segment as they are made, from its first to its last. */
final class SegmentOutput {
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private long position;

  /** Adds bytes that must not change any more. */
  BlockInfo.PageRef add(byte[] bytes) {
    chunks.add(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    position += bytes.length;
    return new BlockInfo.PageRef(position - bytes.length, bytes.length);
  }

  long position() {
    return position;
  }

  List<ByteBuffer> chunks() {
    return List.copyOf(chunks);
  }
}
