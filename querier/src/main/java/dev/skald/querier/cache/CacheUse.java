package dev.skald.querier.cache;

/**
 * What a query had of the cache, and gave to it.
 *
 * @param requests how often it looked for windows: once, or not at all
 * @param requested windows that it looked for
 * @param found those of them that were there and still true
 * @param stored windows that it added
 * @param bytesFound memory of those found
 * @param bytesStored memory of those added
 * @param servedNanos how much of the query's range was found
 */
public record CacheUse(
    int requests,
    int requested,
    int found,
    int stored,
    long bytesFound,
    long bytesStored,
    long servedNanos) {
  /** Of a query that does not ask the cache. */
  public static final CacheUse NONE = new CacheUse(0, 0, 0, 0, 0, 0, 0);
}
