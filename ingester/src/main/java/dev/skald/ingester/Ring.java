package dev.skald.ingester;

/**
 * Says which shard takes a stream, by jump consistent hashing (Lamping and Veach, 2014): with one
 * shard more, only the streams that move to it change their place.
 *
 * @param shards how many there are, at least 1
 */
record Ring(int shards) {
  private static final long MULTIPLIER = 2862933555777941757L;

  Ring {
    if (shards < 1) {
      throw new IllegalArgumentException("shards " + shards + ", wanted at least 1");
    }
  }

  /** Returns the shard of a stream, from 0 to {@link #shards} - 1. */
  int shard(long streamHash) {
    long key = streamHash;
    long chosen = 0;
    long next = 0;
    while (next < shards) {
      chosen = next;
      key = key * MULTIPLIER + 1;
      next = (long) ((chosen + 1) * ((double) (1L << 31) / ((key >>> 33) + 1)));
    }
    return (int) chosen;
  }
}
