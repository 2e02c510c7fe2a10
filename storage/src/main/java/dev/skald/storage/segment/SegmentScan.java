package dev.skald.storage.segment;

import dev.skald.logql.batch.Batch;
import dev.skald.storage.bytes.MalformedException;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.RangeReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * Reads all rows of a segment in its order, each block with one request to the store, and hands
 * them out in small batches. Holds native memory; close it. Not safe for use by several threads.
 */
public final class SegmentScan implements AutoCloseable {
  private final RangeReader ranges;
  private final SegmentLocation location;
  private final SegmentTail tail;
  private final PageReader pages;
  private int nextBlock;
  private BlockInfo.PageRef place = new BlockInfo.PageRef(0, 0);
  private BlockScan block;

  SegmentScan(RangeReader ranges, SegmentLocation location, SegmentTail tail) {
    this.ranges = ranges;
    this.location = location;
    this.tail = tail;
    this.pages = new PageReader(location.key());
  }

  /**
   * Returns the next rows with all their columns, or null after the last. Its runs and those of the
   * next batches are in the order of streams; a stream may go on in the next batch.
   *
   * @throws CorruptDataException if they are not what was written
   */
  public Batch next() throws IOException {
    try {
      while (true) {
        Batch batch = block == null ? null : block.next();
        if (batch != null || nextBlock == tail.blocks().blocks().size()) {
          return batch;
        }
        block = read(tail.blocks().blocks().get(nextBlock++));
      }
    } catch (MalformedException | EOFException | NoSuchFileException failure) {
      throw SegmentReader.corrupt(location.key(), place.offset(), failure);
    }
  }

  private BlockScan read(BlockInfo info) throws IOException {
    List<BlockInfo.PageRef> refs = info.pages();
    long start = refs.getFirst().offset();
    place = new BlockInfo.PageRef(start, Math.toIntExact(refs.getLast().end() - start));
    byte[] stored = ranges.read(location.key(), location.bytes(), place.offset(), place.length());
    BlockSource source = new BlockSource(ranges, location, tail.blocks().names(), info);
    return new BlockScan(source, tail.streams(), new PageReader.Piece(stored, start), pages);
  }

  @Override
  public void close() {
    pages.close();
  }
}
