package dev.skald.storage.catalog;

/**
 * The numbers of segments that are one writer's, in blocks of {@link CatalogState#BLOCK}; none
 * before it has taken over. For one thread at a time.
 */
final class SegmentNumbers {
  private long next;
  private long end;
  private long first = -1;

  /** Returns whether there is none left, or was never one. */
  boolean isUsedUp() {
    return next == end;
  }

  /** Returns whether there was never one. */
  boolean isNew() {
    return first < 0;
  }

  /** Adds a block, which takes the place of the one before. */
  void take(long blockEnd) {
    end = blockEnd;
    next = blockEnd - CatalogState.BLOCK;
    first = isNew() ? next : first;
  }

  /** Returns one that nobody else uses, and this writer only once. */
  long next() {
    return next++;
  }

  /** Returns the first of all, or -1 if there was never one. */
  long first() {
    return first;
  }
}
