package dev.skald.storage.segment;

/**
 * How every page and section lies in a segment: a head of 13 bytes, then the stored bytes.
 *
 * <pre>
 *  0        1            5               9           13
 *  +--------+------------+---------------+-----------+------------------+
 *  | codec  | raw length | stored length | CRC32C    | stored bytes ... |
 *  +--------+------------+---------------+-----------+------------------+
 * </pre>
 *
 * The checksum covers the first nine bytes and the stored bytes.
 */
final class PageFrame {
  static final int HEAD = 13;
  static final int CHECKED_HEAD = 9;
  static final int STORED = 0;
  static final int ZSTD = 1;

  /** No page is larger raw, so that a bad length never asks for all memory. */
  static final int MAX_RAW = 1 << 30;

  private PageFrame() {}
}
