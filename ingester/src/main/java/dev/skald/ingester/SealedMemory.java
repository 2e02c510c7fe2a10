package dev.skald.ingester;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Bounds how many rows of sealed heads a shard remembers, however fast heads are sealed: above that
 * the oldest heads are forgotten. For the shard's thread only.
 */
final class SealedMemory {
  private record Past(List<SealedRows> streams, long rows) {}

  private final long mostRows;
  private final ArrayDeque<Past> heads = new ArrayDeque<>();
  private long rows;

  SealedMemory(long mostRows) {
    this.mostRows = mostRows;
  }

  /** Remembers the rows of one more head. */
  void add(List<SealedRows> streams) {
    if (streams.isEmpty()) {
      return;
    }
    Past head = new Past(streams, streams.stream().mapToLong(SealedRows::size).sum());
    heads.add(head);
    rows += head.rows;
    while (rows > mostRows && heads.size() > 1) {
      Past oldest = heads.remove();
      rows -= oldest.rows;
      oldest.streams.forEach(SealedRows::forget);
    }
  }

  /** Forgets the heads that were sealed more than so long ago, or so far in the future. */
  void forget(long nowNanos, long forNanos) {
    while (!heads.isEmpty() && isPast(heads.peek(), nowNanos, forNanos)) {
      Past oldest = heads.remove();
      rows -= oldest.rows;
      oldest.streams.forEach(SealedRows::forget);
    }
  }

  private static boolean isPast(Past head, long nowNanos, long forNanos) {
    return Math.abs(nowNanos - head.streams.getFirst().sealedNanos()) > forNanos;
  }
}
