package dev.skald.storage.segment;

/**
 * How a segment is cut and compressed.
 *
 * @param zstdLevel how hard pages are compressed
 * @param blockRows a block has at most this many rows
 * @param blockBytes a block ends after the line that brings it to this many bytes of lines
 * @param linePageBytes a page of lines ends after the line that brings it to this many bytes
 */
public record SegmentOptions(int zstdLevel, int blockRows, int blockBytes, int linePageBytes) {
  /**
   * As heads are sealed in a hurry. Level 1 is both smaller and faster here than level 3, and pages
   * of 256 KiB take less than a hundredth more than pages of 16 MiB.
   */
  public static final SegmentOptions SEAL = new SegmentOptions(1, 1 << 16, 4 << 20, 256 << 10);

  public SegmentOptions {
    if (blockRows < 1 || blockBytes < 1 || linePageBytes < 1) {
      throw new IllegalArgumentException(
          "block of " + blockRows + " rows, " + blockBytes + " bytes, pages of " + linePageBytes);
    }
  }

  public SegmentOptions withLevel(int level) {
    return new SegmentOptions(level, blockRows, blockBytes, linePageBytes);
  }
}
