package dev.skald.ingester;

import dev.skald.config.IngesterConfig;

/**
 * How much memory the ingester may take, in bytes. What it does not take is for requests and
 * queries.
 *
 * @param heads all heads, those that are being sealed included
 * @param replay all heads while the log is replayed
 * @param queuePerShard records that wait to be stored
 * @param rememberedRowsPerShard rows of sealed heads, 8 bytes each
 * @param replayWorkers how many log files are read at a time
 */
record MemoryPlan(
    long heads, long replay, long queuePerShard, long rememberedRowsPerShard, int replayWorkers) {
  /** In hundredths of the heap. */
  private static final int HEADS_SHARE = 30;

  private static final int QUEUE_PARTS = 8;
  private static final int REMEMBERED_PARTS = 32;
  private static final long MOST_QUEUED = 64L << 20;
  private static final long MOST_REMEMBERED = 1 << 20;

  /**
   * @param heap the most that the Java machine will use, in bytes
   */
  static MemoryPlan of(IngesterConfig config, long heap) {
    long heads = config.memoryLimit() > 0 ? config.memoryLimit() : heap / 100 * HEADS_SHARE;
    long ceiling = config.wal().replayMemoryCeiling();
    int shards = config.shards();
    return new MemoryPlan(
        heads,
        ceiling > 0 ? Math.min(ceiling, heads) : heads,
        Math.min(MOST_QUEUED, heap / QUEUE_PARTS / shards),
        Math.min(MOST_REMEMBERED, heap / REMEMBERED_PARTS / Long.BYTES / shards),
        Math.min(shards, Runtime.getRuntime().availableProcessors()));
  }
}
