package dev.skald.querier;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import java.util.ArrayList;
import java.util.List;

/** Streams that have a number of KiB at one moment each, and no entries to read. */
final class FakeStreams implements EntrySource {
  private record Kib(long time, Labels labels, long kib) {}

  private final List<Kib> streams = new ArrayList<>();

  FakeStreams add(long time, long kib, String... labels) {
    streams.add(new Kib(time, Labels.of(labels), kib));
    return this;
  }

  @Override
  public List<Block> select(Selection selection) {
    throw new AssertionError("volumes are answered without reading");
  }

  @Override
  public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
    return streams.stream()
        .filter(stream -> stream.time >= start && stream.time < end)
        .filter(stream -> matchers.stream().allMatch(matcher -> matcher.matches(stream.labels)))
        .map(stream -> new StreamStats(stream.labels, 1, 1, stream.kib * 1024))
        .toList();
  }
}
