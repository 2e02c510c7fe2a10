package dev.skald.storage.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Takes the bytes of a segment as they are made, from its first to its last. */
interface SegmentOutput {

  /** Adds bytes that must not change any more, and says where they lie. */
  BlockInfo.PageRef add(byte[] bytes) throws IOException;

  /** Returns how many bytes were added. */
  long position();

  /** Returns all bytes, in order; none are added any more. */
  List<ByteBuffer> content() throws IOException;
}
