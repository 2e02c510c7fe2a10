package dev.skald.storage.segment;

import dev.skald.storage.bytes.MalformedException;
import dev.skald.storage.object.CorruptDataException;
import java.util.List;

/**
 * What of a segment stays in memory.
 *
 * @param rawBytes how long it is uncompressed
 */
record SegmentTail(
    List<StreamTotals> streams, Postings postings, BlockDirectory blocks, long rawBytes) {

  /**
   * Reads the sections of a tail.
   *
   * @param offset where the tail begins in the object
   */
  static SegmentTail read(String key, long offset, byte[] end, Footer footer)
      throws CorruptDataException {
    try (PageReader pages = new PageReader(key)) {
      PageReader.Piece piece = new PageReader.Piece(end, offset);
      byte[] streams = section(pages, piece, footer, Footer.Section.STREAMS);
      byte[] postings = section(pages, piece, footer, Footer.Section.POSTINGS);
      byte[] blocks = section(pages, piece, footer, Footer.Section.BLOCKS);
      SegmentTail tail =
          new SegmentTail(
              StreamTable.decode(streams),
              Postings.decode(postings),
              BlockDirectory.decode(blocks),
              (long) streams.length + postings.length + blocks.length);
      tail.checkStreams();
      return tail;
    }
  }

  private static byte[] section(
      PageReader pages, PageReader.Piece piece, Footer footer, Footer.Section section)
      throws CorruptDataException {
    BlockInfo.PageRef ref = footer.sections().get(section);
    return pages.read(piece, ref.offset(), ref.length());
  }

  private void checkStreams() {
    if (postings.streams() != streams.size()) {
      throw new MalformedException(
          "postings of " + postings.streams() + " streams, wanted " + streams.size());
    }
    for (BlockInfo block : blocks.blocks()) {
      if (block.bounds().lastStream() >= streams.size()) {
        throw new MalformedException(
            "a block of stream " + block.bounds().lastStream() + " of " + streams.size());
      }
    }
  }
}
