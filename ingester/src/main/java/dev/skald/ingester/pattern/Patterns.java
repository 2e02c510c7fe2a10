package dev.skald.ingester.pattern;

import dev.skald.config.PatternConfig;
import java.util.List;
import java.util.stream.IntStream;

/** The templates of recent lines of all streams. Safe for use by any thread. */
public final class Patterns {
  /** Bounds for the whole process. */
  private static final int MOST_STREAMS = 10_000;

  private static final long MOST_BYTES = 64L << 20;

  private final PatternConfig config;
  private final List<ShardPatterns> shards;

  /**
   * @param shards how many threads add lines; where nothing is to be mined there is nothing for
   *     them
   */
  public Patterns(PatternConfig config, int shards) {
    this.config = config;
    ShardPatterns.Bounds bounds =
        new ShardPatterns.Bounds(Math.max(8, MOST_STREAMS / shards), MOST_BYTES / shards);
    this.shards =
        IntStream.range(0, config.enabled() ? shards : 0)
            .mapToObj(shard -> new ShardPatterns(config, bounds))
            .toList();
  }

  public boolean enabled() {
    return config.enabled();
  }

  /** Returns the part that one shard's thread fills. */
  public ShardPatterns shard(int shard) {
    return shards.get(shard);
  }

  /**
   * Returns how often lines of each template came, those with most lines first.
   *
   * @param now in unix nanoseconds
   */
  public List<PatternSeries> query(PatternQuery query, long now) {
    return query(List.of(query), query.step(), now, () -> {});
  }

  /**
   * Returns the same over several tenants, whose templates that read alike count together.
   *
   * @param step of all queries
   * @param now in unix nanoseconds
   * @param pause runs now and then meanwhile; what it throws ends the query
   */
  public List<PatternSeries> query(
      List<PatternQuery> queries, long step, long now, Runnable pause) {
    SeriesCollector collector = new SeriesCollector(pause);
    for (PatternQuery query : queries) {
      shards.forEach(shard -> shard.collect(query, now, collector));
    }
    return collector.series(config.sampleInterval().toNanos(), step);
  }
}
