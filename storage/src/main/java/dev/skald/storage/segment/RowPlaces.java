package dev.skald.storage.segment;

import java.util.List;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which rows of a segment belong to which stream, told from the totals of the streams alone: rows
 * are sorted by stream, and blocks cut them.
 *
 * @param streams the first row of each stream, by ordinal, and the end of the last one
 * @param blocks the first row of each block, and the end of the last one
 */
record RowPlaces(long[] streams, long[] blocks, List<BlockInfo> infos) {

  static RowPlaces of(SegmentTail tail) {
    long[] streams = new long[tail.streams().size() + 1];
    for (int i = 1; i < streams.length; i++) {
      streams[i] = streams[i - 1] + tail.streams().get(i - 1).entries();
    }
    List<BlockInfo> infos = tail.blocks().blocks();
    long[] blocks = new long[infos.size() + 1];
    for (int i = 1; i < blocks.length; i++) {
      blocks[i] = blocks[i - 1] + infos.get(i - 1).bounds().rows();
    }
    return new RowPlaces(streams, blocks, infos);
  }

  /** Returns the rows of a block that belong to wanted streams. */
  RowRanges rows(int block, RoaringBitmap wanted) {
    BlockInfo.Bounds bounds = infos.get(block).bounds();
    RowRanges rows = new RowRanges();
    PeekableIntIterator ordinals = wanted.getIntIterator();
    ordinals.advanceIfNeeded(bounds.firstStream());
    while (ordinals.hasNext()) {
      int ordinal = ordinals.next();
      if (ordinal > bounds.lastStream()) {
        break;
      }
      long from = Math.max(streams[ordinal], blocks[block]) - blocks[block];
      long to = Math.min(streams[ordinal + 1], blocks[block + 1]) - blocks[block];
      rows.add((int) from, (int) to);
    }
    return rows;
  }
}
