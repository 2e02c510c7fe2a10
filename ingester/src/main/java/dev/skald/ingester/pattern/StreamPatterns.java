package dev.skald.ingester.pattern;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The templates of one stream, by level. One thread adds lines; others may collect meanwhile, and
 * see the stream as it was between two lines.
 */
final class StreamPatterns {
  /** Senders may name levels as they like; those beyond this number count as unknown. */
  private static final int MOST_LEVELS = 12;

  private static final int OVERHEAD = 512;
  private static final byte[] UNKNOWN = "unknown".getBytes(StandardCharsets.US_ASCII);

  private record Level(byte[] name, PatternMiner miner) {}

  final Labels labels;
  final String tenant;

  /** When a line last came, in unix nanoseconds; for the thread that adds. */
  long seenNanos;

  private final int maxTemplates;
  private Level[] levels = new Level[0];

  StreamPatterns(String tenant, Labels labels, int maxTemplates) {
    this.tenant = tenant;
    this.labels = labels;
    this.maxTemplates = maxTemplates;
  }

  synchronized void add(Slice level, LineTokens line, long time) {
    miner(level.bytes, level.offset, level.end()).add(line, time);
  }

  private PatternMiner miner(byte[] bytes, int from, int to) {
    for (Level level : levels) {
      if (Arrays.equals(level.name, 0, level.name.length, bytes, from, to)) {
        return level.miner;
      }
    }
    boolean full = levels.length >= MOST_LEVELS && bytes != UNKNOWN;
    if (from == to || full) {
      return miner(UNKNOWN, 0, UNKNOWN.length);
    }
    Level added = new Level(Arrays.copyOfRange(bytes, from, to), new PatternMiner(maxTemplates));
    levels = Arrays.copyOf(levels, levels.length + 1);
    levels[levels.length - 1] = added;
    return added.miner;
  }

  /** Returns about how much memory this takes. */
  synchronized long bytes() {
    long bytes = OVERHEAD;
    for (Level level : levels) {
      bytes += level.name.length + level.miner.bytes();
    }
    return bytes;
  }

  /** Forgets what came before a time, in intervals; returns whether nothing is left. */
  synchronized boolean expire(long time) {
    int left = 0;
    for (Level level : levels) {
      level.miner.expire(time);
      left += level.miner.size();
    }
    return left == 0;
  }

  synchronized void collect(long start, long end, SeriesCollector target) {
    for (Level level : levels) {
      level.miner.collect(new String(level.name, StandardCharsets.UTF_8), start, end, target);
    }
  }
}
