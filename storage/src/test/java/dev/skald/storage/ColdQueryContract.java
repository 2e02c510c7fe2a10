package dev.skald.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.eval.Direction;
import dev.skald.logql.eval.Engine;
import dev.skald.logql.eval.EngineLimits;
import dev.skald.logql.eval.QueryContext;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.Parser;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.ByteBudget;
import dev.skald.storage.object.GatedStore;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.object.PageCache;
import dev.skald.storage.object.PageCacheListener;
import dev.skald.storage.object.RemoteRanges;
import dev.skald.storage.segment.ReadPath;
import dev.skald.storage.segment.SegmentOptions;
import dev.skald.storage.segment.SegmentWriter;
import dev.skald.storage.segment.WrittenSegment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many gets a query needs that finds nothing in any cache: one hour of one of twenty services
 * of five streams each, out of a day.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ColdQueryContract {
  private static final long HOUR = 3_600_000_000_000L;
  private static final long START = 20_000L * 24 * HOUR;
  private static final int SERVICES = 20;
  private static final int PODS = 5;
  private static final int ENTRIES_AN_HOUR = 15_000;
  private static final int MOST_GETS = 10;

  @TempDir Path directory;

  private GatedStore store;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<SegmentEntry> hours = new ArrayList<>();
  private final List<SegmentEntry> merged = new ArrayList<>();
  private final List<SegmentEntry> scatteredHours = new ArrayList<>();
  private final List<SegmentEntry> scattered = new ArrayList<>();
  private long number;

  /** Returns an empty store. */
  abstract ObjectStore openStore() throws Exception;

  /** Checks that the last query has cost as many requests to the store as it had gets. */
  void checkRequests(int gets) {}

  /** Begins to count requests. */
  void forgetRequests() {}

  @BeforeAll
  void write() throws Exception {
    store = new GatedStore(openStore());
    for (int hour = 0; hour < 24; hour++) {
      write(hours, hour, 1, "pod");
      write(scatteredHours, hour, 1, "container");
    }
    write(merged, 0, 24, "pod");
    write(scattered, 0, 24, "container");
  }

  @AfterAll
  void stop() {
    threads.shutdownNow();
  }

  /**
   * @param pod name of the label that tells the streams of a service apart: one that is sorted
   *     before the name of the service keeps its streams apart from each other
   */
  private void write(List<SegmentEntry> into, int hour, int hours, String pod) throws IOException {
    Batch batch = batch(START + hour * HOUR, hours, pod);
    try (SegmentWriter writer = new SegmentWriter(SegmentOptions.SEAL)) {
      for (WrittenSegment segment : writer.write("t", List.of(batch))) {
        String key = "segments/t/20000/" + ++number + ".seg";
        store.put(key, segment.content());
        into.add(entry(key, segment));
      }
    }
  }

  private SegmentEntry entry(String key, WrittenSegment segment) {
    return new SegmentEntry(
        number,
        "t",
        segment.day(),
        SegmentEntry.SEALED,
        key,
        segment.bytes(),
        segment.tailLength(),
        segment.streams(),
        segment.entries(),
        segment.minTime(),
        segment.maxTime(),
        OptionalLong.of(number));
  }

  private static Batch batch(long start, int hours, String pod) {
    Random random = new Random(start);
    int ofStream = ENTRIES_AN_HOUR * hours / SERVICES / PODS;
    int rows = ofStream * SERVICES * PODS;
    Lines lines = new Lines(rows);
    long[] times = new long[rows];
    List<Batch.Run> runs = new ArrayList<>();
    byte[][] ids = new byte[rows][];
    int row = 0;
    for (int stream = 0; stream < SERVICES * PODS; stream++) {
      Labels labels =
          Labels.of("env", "prod", "job", "service-" + stream % SERVICES, pod, "pod-" + stream);
      int from = row;
      for (int i = 0; i < ofStream; i++, row++) {
        times[row] = start + (hours * HOUR * i + random.nextInt(1_000_000)) / ofStream;
        lines.add(line(random, i));
        ids[row] = Long.toHexString(random.nextLong() | 1L << 63).getBytes(StandardCharsets.UTF_8);
      }
      runs.add(new Batch.Run(labels, Batches.hash(labels), from, row));
    }
    int[] each = new int[rows];
    Arrays.setAll(each, i -> i);
    List<Batch.MetadataColumn> metadata =
        List.of(new Batch.MetadataColumn("trace_id", new Column.Dictionary(each, ids)));
    return new Batch(runs, times, lines.column(), metadata);
  }

  private static byte[] line(Random random, int i) {
    String what = i % 50 == 7 ? "failed with status 503" : "answered with status 200";
    return ("level=info msg=\"request %s\" path=/cart/%d user=%016x session=%016x took=%dms"
            .formatted(what, random.nextInt(100), random.nextLong(), random.nextLong(), i % 997))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Lines end to end. */
  private static final class Lines {
    private final int[] starts;
    private final int[] lengths;
    private byte[] text = new byte[1 << 20];
    private int size;
    private int rows;

    Lines(int rows) {
      starts = new int[rows];
      lengths = new int[rows];
    }

    void add(byte[] line) {
      if (size + line.length > text.length) {
        text = Arrays.copyOf(text, text.length * 2);
      }
      System.arraycopy(line, 0, text, size, line.length);
      starts[rows] = size;
      lengths[rows++] = line.length;
      size += line.length;
    }

    Column column() {
      return new Column.Plain(text, starts, lengths);
    }
  }

  private record Unlimited(Instant now) implements QueryContext {
    @Override
    public void checkpoint() {}

    @Override
    public void reserve(long bytes) {}
  }

  /** Runs a query with nothing in memory or on the local disk; returns its result. */
  private QueryResult cold(List<SegmentEntry> segments, String query, RangeParameters range)
      throws IOException {
    store.forgetGets();
    forgetRequests();
    try (PageCache cache = PageCache.open(directory.resolve("pages"), 64 << 20)) {
      ByteBudget budget = new ByteBudget(32 << 20);
      RemoteRanges ranges = new RemoteRanges(store, cache, PageCacheListener.NONE);
      ReadPath path = new ReadPath(ranges, threads, budget, 16 << 20);
      SegmentCache opened = new SegmentCache(path, 64 << 20, what -> {});
      EntrySource source = new SegmentSource(segments, opened, what -> {});
      QueryResult result = run(source, query, range);
      assertThat(budget.left()).isEqualTo(32 << 20);
      int gets = store.gets().size();
      assertThat(text(run(source, query, range))).isEqualTo(text(result));
      assertThat(store.gets()).as("a second time").hasSize(gets);
      return result;
    }
  }

  private static QueryResult run(EntrySource source, String query, RangeParameters range) {
    Engine engine = new Engine(source, new Unlimited(Instant.EPOCH), EngineLimits.NONE);
    return engine.range(Parser.parse(query), range);
  }

  private QueryResult near(List<SegmentEntry> segments, String query, RangeParameters range) {
    SegmentCache opened = new SegmentCache(ReadPath.local(store), 64 << 20, what -> {});
    return run(new SegmentSource(segments, opened, what -> {}), query, range);
  }

  private void assertFewGets(String query, RangeParameters range) throws IOException {
    for (var segments : List.of(hours, merged, scatteredHours, scattered)) {
      QueryResult result = cold(segments, query, range);
      List<GatedStore.Get> gets = store.gets();
      assertThat(gets)
          .as("%s over %d segments", query, segments.size())
          .hasSizeLessThanOrEqualTo(MOST_GETS);
      checkRequests(gets.size());
      assertThat(text(result)).isEqualTo(text(near(segments, query, range)));
    }
  }

  /** Returns a result in a form that compares, and checks that there is one. */
  private static List<String> text(QueryResult result) {
    List<String> text = new ArrayList<>();
    switch (result) {
      case QueryResult.Streams streams -> streams.entries().forEach(one -> text.add("" + one));
      case QueryResult.Matrix matrix ->
          matrix
              .series()
              .forEach(
                  one ->
                      text.add(
                          one.labels()
                              + Arrays.toString(one.times())
                              + Arrays.toString(one.values())));
      default -> throw new AssertionError(result);
    }
    assertThat(text).isNotEmpty();
    return text;
  }

  private static RangeParameters range(int limit, Direction direction) {
    long start = START + 10 * HOUR + HOUR / 3;
    return new RangeParameters(start, start + HOUR, 60_000_000_000L, limit, direction, 0);
  }

  @Test
  void linesOfAnHourTakeTenGetsAtMost() throws IOException {
    for (int limit : new int[] {100, 5000}) {
      for (Direction direction : Direction.values()) {
        assertFewGets("{job=\"service-7\"}", range(limit, direction));
      }
      assertFewGets("{job=\"service-7\"} |= \"503\"", range(limit, Direction.BACKWARD));
    }
  }

  @Test
  void countsOfAnHourTakeTenGetsAtMost() throws IOException {
    RangeParameters range = range(100, Direction.BACKWARD);
    assertFewGets("sum(count_over_time({job=\"service-7\"}[1m]))", range);
    assertFewGets("sum(count_over_time({job=\"service-7\"} |= \"503\" [1m]))", range);
    assertFewGets(
        "sum by (trace_id) (count_over_time({job=\"service-7\"} |= \"503\" [1m]))", range);
  }
}
