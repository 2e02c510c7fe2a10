package dev.skald.storage.catalog;

/**
 * Names a head, that is, the recent entries that are sealed together, among those of one log.
 *
 * @param number at least 0 and below 2^62; given out once in a log, see {@link LogId}
 */
public record HeadId(long number) implements Comparable<HeadId> {
  public HeadId {
    if (number < 0 || number >= 1L << 62) {
      throw new IllegalArgumentException("head number " + number + ", wanted 0 to 2^62 - 1");
    }
  }

  @Override
  public int compareTo(HeadId other) {
    return Long.compare(number, other.number);
  }
}
