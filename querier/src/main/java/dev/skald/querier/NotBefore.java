package dev.skald.querier;

import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import java.util.List;

/**
 * A source of which nothing is seen before a time ({@code max_query_lookback}).
 *
 * @param earliest in unix nanoseconds
 */
record NotBefore(EntrySource source, long earliest) implements EntrySource {
  @Override
  public EntrySource pausing(Runnable pause) {
    return new NotBefore(source.pausing(pause), earliest);
  }

  @Override
  public List<Block> select(Selection wanted) {
    if (wanted.end() <= earliest) {
      return List.of();
    }
    return source.select(
        new Selection(
            wanted.matchers(),
            Math.max(wanted.start(), earliest),
            wanted.end(),
            wanted.columns(),
            wanted.order()));
  }

  @Override
  public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
    return end <= earliest ? List.of() : source.streams(matchers, Math.max(start, earliest), end);
  }
}
