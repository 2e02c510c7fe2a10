package dev.skald.ingester;

import dev.skald.config.Overrides;
import dev.skald.ingester.pattern.ShardPatterns;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Hands stored entries to the templates of a shard. For the shard's thread only. */
final class PatternFeed {
  private static final byte[] LEVEL = "detected_level".getBytes(StandardCharsets.US_ASCII);
  private static final long EXPIRE_NANOS = Duration.ofMinutes(1).toNanos();

  private final ShardPatterns patterns;
  private final Overrides overrides;
  private final PushRecordReader reader = new PushRecordReader();
  private final Slice name = new Slice();
  private final Slice level = new Slice();
  private long expiredNanos;

  PatternFeed(ShardPatterns patterns, Overrides overrides) {
    this.patterns = patterns;
    this.overrides = overrides;
  }

  /** Counts the entries of a record. */
  void observe(PushRecord record, StreamLookup streams, long now) {
    reader.reset(record);
    String tenant = reader.tenant();
    patterns.begin(tenant, overrides.limits(tenant).patterns().jsonFields(), now);
    while (reader.nextStream()) {
      patterns.stream(streams.find(tenant, reader.labels(), reader.streamHash()).labels());
      while (reader.nextEntry()) {
        findLevel();
        patterns.add(level, reader.timestamp(), reader.line());
      }
    }
    patterns.end();
  }

  private void findLevel() {
    for (int i = 0; i < reader.entryPairs(); i++) {
      int pair = reader.entryPair(i);
      reader.name(reader.pairName(pair), name);
      if (Arrays.equals(LEVEL, 0, LEVEL.length, name.bytes, name.offset, name.end())) {
        reader.value(pair, level);
        return;
      }
    }
    level.length = 0;
  }

  /** Forgets what is old, once in a while. */
  void tick(long now) {
    if (Math.abs(now - expiredNanos) >= EXPIRE_NANOS) {
      expiredNanos = now;
      patterns.expire(now);
    }
  }
}
