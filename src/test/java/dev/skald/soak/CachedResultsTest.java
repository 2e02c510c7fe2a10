package dev.skald.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.Limits;
import dev.skald.config.RetentionLimits;
import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.eval.Direction;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.QueryResult.Series;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.querier.Answer;
import dev.skald.querier.Caller;
import dev.skald.querier.Held;
import dev.skald.querier.Querier;
import dev.skald.querier.QueryListener;
import dev.skald.querier.RangeQuery;
import dev.skald.storage.TestEntry;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What queries answer from results that are kept, while the data changes in all ways there are. */
final class CachedResultsTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long MONDAY = 20_000 * DAY;
  private static final long[] STEPS = {15_000_000_000L, MINUTE, 5 * MINUTE, 7 * MINUTE, HOUR};
  private static final List<String> QUERIES =
      List.of(
          "sum(count_over_time({app=~\".+\"}[5m]))",
          "count_over_time({app=\"a\"}[1h])",
          "sum by (n) (count_over_time({app=~\".+\"} | logfmt [10m]))",
          "avg_over_time({app=~\".+\"} | logfmt | unwrap n [30m]) by (app)",
          "quantile_over_time(0.9, {app=\"a\"} | logfmt | unwrap n [2h])",
          "topk(2, sum by (n) (sum_over_time({app=~\".+\"} | logfmt | unwrap w [5m])))",
          "absent_over_time({app=\"b\"}[5m])",
          "sum(rate({app=\"a\"}[5m])) / on () sum(rate({app=~\".+\"}[5m] offset 10m))",
          "stddev_over_time({app=~\".+\"} | logfmt | unwrap n | __error__=\"\" [1h])",
          "label_replace(first_over_time({app=~\".+\"} | logfmt | unwrap n [1h]) by (n), "
              + "\"n\", \"x$1\", \"n\", \"([0-3])\")");

  private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

  @TempDir Path directory;
  private ExecutorService workers;
  private SoakLife life;
  private Querier querier;
  private Instant now = Instant.ofEpochSecond(20_002L * 86_400);
  private int runs;
  private long found;
  private long stored;

  @BeforeEach
  void start() throws Exception {
    workers = Executors.newFixedThreadPool(2);
    life =
        SoakLife.start(
            new SoakLife.Place(
                Files.createDirectory(directory.resolve("data")),
                directory.resolve("wal"),
                2,
                false,
                () -> now,
                tenant -> RetentionLimits.defaults(),
                damage -> {}),
            new MemoryStore());
    querier =
        new Querier(
            life.ingester(),
            life.storage(),
            tenant -> Limits.defaults(),
            new Querier.Environment(
                workers,
                () -> now,
                System::nanoTime,
                new Querier.Capacity(2, 10, 64 << 20, 64 << 20, 8 << 20),
                QueryListener.NONE));
  }

  @AfterEach
  void stop() {
    life.stop();
    workers.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void equalsWhatIsComputedAnewWhateverHasHappened(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 150; i++) {
      change(random);
      for (int queries = random.nextInt(4); queries > 0; queries--) {
        compare(random);
      }
    }
    assertThat(stored).isPositive();
    assertThat(found).isPositive();
  }

  private void change(Random random) throws Exception {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> push(random, MONDAY + random.nextLong(DAY));
      case 3, 4, 5 -> push(random, nanos(now) - random.nextLong(HOUR));
      case 6 -> life.flush();
      case 7 -> life.merge(now);
      case 8 -> delete(random);
      case 9 -> withdraw();
      case 10 -> now = now.plus(Duration.ofMinutes(random.nextInt(10)));
      default -> life.retain(now);
    }
  }

  /** A stream of its own may come as late as it wants. */
  private void push(Random random, long time) throws InterruptedException {
    List<TestEntry> entries = new ArrayList<>();
    String app = random.nextBoolean() ? "a" : "b";
    Labels stream = Labels.of("app", app, "run", String.valueOf(++runs));
    for (int i = random.nextInt(30); i >= 0; i--) {
      entries.add(entry(stream, time + random.nextLong(10 * MINUTE), line(random)));
    }
    assertThat(life.push("t", entries)).isTrue();
  }

  /** Its weight is one that no other line has, so that no two series rank the same. */
  private static String line(Random random) {
    return "n=" + random.nextInt(5) + " w=" + random.nextDouble();
  }

  private static TestEntry entry(Labels labels, long time, String line) {
    return TestEntry.of(labels, time, line, Map.of());
  }

  private void delete(Random random) throws IOException {
    long start = MONDAY + random.nextLong(DAY);
    String query = "{app=\"a\"} |= \"n=" + random.nextInt(5) + " \"";
    life.deletes().create("t", query, start, start + random.nextLong(2 * HOUR), now);
  }

  private void withdraw() throws IOException {
    for (var request : life.deletes().pending()) {
      life.deletes().cancel(request);
      return;
    }
  }

  private void compare(Random random) throws Exception {
    long end = MONDAY + random.nextLong(2 * DAY);
    long step = STEPS[random.nextInt(STEPS.length)];
    long start = end - random.nextLong(1, 300 * step);
    RangeQuery query = query(QUERIES.get(random.nextInt(QUERIES.size())), start, end, step);
    Answer anew;
    try {
      anew = ask(query.uncached());
    } catch (QueryException tooMany) {
      assertThatThrownBy(() -> ask(query)).hasMessage(tooMany.getMessage());
      return;
    }
    Answer kept = ask(query);
    found += kept.cache().found();
    stored += kept.cache().stored();
    assertThat(anew.cache().requested()).isZero();
    assertSame(matrix(kept), matrix(anew), query.toString());
  }

  private Answer ask(RangeQuery query) throws InterruptedException {
    try (Held<Answer> held = querier.range(Caller.of("t"), query)) {
      return held.value();
    }
  }

  private static RangeQuery query(String text, long start, long end, long step) {
    return new RangeQuery(
        text, new RangeParameters(start, end, step, 100, Direction.BACKWARD, 0), "");
  }

  private static Matrix matrix(Answer answer) {
    return (Matrix) answer.result();
  }

  /** Sums of the same numbers in another order may differ in their last digits. */
  private static void assertSame(Matrix kept, Matrix anew, String query) {
    assertThat(kept.series().stream().map(Series::labels))
        .as(query)
        .isEqualTo(anew.series().stream().map(Series::labels).toList());
    for (int i = 0; i < anew.series().size(); i++) {
      Series series = anew.series().get(i);
      assertThat(kept.series().get(i).times()).as(query).isEqualTo(series.times());
      double[] values = kept.series().get(i).values();
      for (int j = 0; j < values.length; j++) {
        assertThat(values[j]).as(query).isEqualTo(series.values()[j], ROUNDING);
      }
    }
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * 1_000_000_000L;
  }

  @Test
  void computesOnlyWhatIsNewOnceADashboardIsAskedAgain() throws Exception {
    fill();
    long end = MONDAY + 20 * HOUR;
    RangeQuery first = query(QUERIES.getFirst(), end - 12 * HOUR, end, MINUTE);
    RangeQuery later = query(QUERIES.getFirst(), end - 12 * HOUR + MINUTE, end + MINUTE, MINUTE);

    Answer asked = ask(first);
    Answer again = ask(later);

    assertThat(asked.cache().found()).isZero();
    assertThat(asked.cache().stored()).isEqualTo(asked.cache().requested()).isPositive();
    assertThat(again.cache().found()).isGreaterThan(again.cache().requested() * 9 / 10);
    assertThat(again.stats().rows()).isLessThan(asked.stats().rows() / 5);
    assertSame(matrix(again), matrix(ask(later.uncached())), "later");
  }

  @Test
  void forgetsOnlyWhereALateLineFalls() throws Exception {
    fill();
    RangeQuery query = query(QUERIES.getFirst(), MONDAY, MONDAY + 20 * HOUR, MINUTE);
    ask(query);
    life.push("t", List.of(entry(Labels.of("app", "late"), MONDAY + 3 * HOUR, "n=9")));

    Answer again = ask(query);

    assertThat(again.cache().found()).isEqualTo(again.cache().requested() - 1);
    assertSame(matrix(again), matrix(ask(query.uncached())), "late");
  }

  @Test
  void keepsNothingThatReadsTheClock() throws Exception {
    fill();
    RangeQuery query =
        query(
            "sum(count_over_time({app=\"a\"} | label_format t=`{{now}}` [5m]))",
            MONDAY,
            MONDAY + 20 * HOUR,
            MINUTE);

    assertThat(ask(query).cache().requested()).isZero();
  }

  @Test
  void keepsNothingNewerThanTheFreshnessOfTheTenant() throws Exception {
    fill();
    long end = nanos(now);
    RangeQuery query = query(QUERIES.getFirst(), end - 30 * MINUTE, end, 15_000_000_000L);
    ask(query);

    Answer again = ask(query);

    assertThat(again.cache().found()).isEqualTo(again.cache().requested());
    assertThat(again.cache().servedNanos()).isBetween(8 * MINUTE, 16 * MINUTE);
  }

  /** A line a minute, all of Monday, sealed. */
  private void fill() throws Exception {
    for (int hour = 0; hour < 24; hour++) {
      List<TestEntry> entries = new ArrayList<>();
      for (int minute = 0; minute < 60; minute++) {
        long time = MONDAY + hour * HOUR + minute * MINUTE;
        entries.add(entry(Labels.of("app", "a"), time, "n=" + minute % 5));
      }
      assertThat(life.push("t", entries)).isTrue();
    }
    assertThat(life.flush()).isTrue();
  }
}
