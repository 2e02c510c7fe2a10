package dev.skald.storage.object;

import java.io.IOException;

/** Reads from a store that is as near as a file: the system keeps its pages in memory. */
public record LocalRanges(ObjectStore store) implements RangeReader {
  /** To open a file and read from it takes about as long as to copy so much. */
  private static final int GAP = 64 << 10;

  @Override
  public byte[] read(String key, long size, long offset, int length) throws IOException {
    return store.get(key, offset, length);
  }

  @Override
  public int gap() {
    return GAP;
  }
}
