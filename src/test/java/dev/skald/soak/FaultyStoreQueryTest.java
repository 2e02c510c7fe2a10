package dev.skald.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.Limits;
import dev.skald.config.RetentionLimits;
import dev.skald.logql.Labels;
import dev.skald.logql.eval.Direction;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.querier.Answer;
import dev.skald.querier.Caller;
import dev.skald.querier.Held;
import dev.skald.querier.Querier;
import dev.skald.querier.QueryListener;
import dev.skald.querier.RangeQuery;
import dev.skald.storage.TestEntry;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.testing.Call;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.Gate;
import dev.skald.storage.testing.Mishap;
import dev.skald.storage.testing.Mishaps;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What queries answer while the object store is slow, away, or has lost or changed something. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FaultyStoreQueryTest {
  private static final long DAY = 86_400_000_000_000L;
  private static final long MONDAY = 20_000L * DAY;
  private static final long TUESDAY = MONDAY + DAY;
  private static final Labels APP = Labels.of("app", "a");

  @TempDir Path directory;
  private final MemoryStore objects = new MemoryStore();
  private final FaultyStore store = new FaultyStore(objects);
  private final List<CorruptDataException> reported = new CopyOnWriteArrayList<>();
  private ExecutorService workers;
  private SoakLife life;
  private Querier querier;

  /** Monday and Tuesday are sealed, each in its segment, and not read yet; Wednesday is recent. */
  @BeforeEach
  void seal() throws Exception {
    workers = Executors.newFixedThreadPool(4);
    start();
    push(MONDAY, "monday");
    push(TUESDAY, "tuesday");
    assertThat(life.flush()).isTrue();
    life.stop();
    start();
    push(TUESDAY + DAY, "wednesday");
  }

  private void start() throws Exception {
    Instant now = Instant.ofEpochSecond(20_002L * 86_400);
    life =
        SoakLife.start(
            new SoakLife.Place(
                directory.resolve("data"),
                directory.resolve("wal"),
                1,
                false,
                () -> now,
                tenant -> RetentionLimits.defaults(),
                reported::add),
            store);
    querier =
        new Querier(
            life.ingester(),
            life.storage(),
            tenant -> Limits.defaults(),
            new Querier.Environment(
                workers,
                () -> now,
                System::nanoTime,
                new Querier.Capacity(2, 10, 64 << 20, 64 << 20, 1 << 20),
                QueryListener.NONE));
  }

  @AfterEach
  void stop() {
    store.heal();
    life.stop();
    workers.shutdownNow();
  }

  private void push(long time, String line) throws InterruptedException {
    assertThat(life.push("t", List.of(TestEntry.of(APP, time, line, Map.of())))).isTrue();
  }

  private List<String> lines(long from, long to) throws InterruptedException {
    RangeParameters range = new RangeParameters(from, to, 1, 100, Direction.FORWARD, 0);
    RangeQuery query = new RangeQuery("{app=\"a\"}", range, "");
    try (Held<Answer> answer = querier.range(Caller.of("t"), query)) {
      QueryResult.Streams streams = (QueryResult.Streams) answer.value().result();
      return streams.entries().stream().map(entry -> new String(entry.line(), UTF_8)).toList();
    }
  }

  private List<String> all() throws InterruptedException {
    return lines(MONDAY, TUESDAY + 2 * DAY);
  }

  private String segment(String day) {
    return objects.objects.keySet().stream()
        .filter(key -> key.startsWith("segments/") && key.contains("/" + day + "/"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSlowStoreHoldsUpNoPushAndNoOtherQuery() throws Exception {
    Gate gate = new Gate();
    store.always(Call.gets().and(Call.under(segment("20000"))), gate);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        Future<List<String>> slow = clients.submit(this::all);
        gate.awaitArrival();
        push(TUESDAY + DAY + 1, "meanwhile");
        assertThat(lines(TUESDAY, TUESDAY + 2 * DAY))
            .containsExactly("tuesday", "wednesday", "meanwhile");
        assertThat(slow.isDone()).isFalse();
        gate.open();
        assertThat(slow.get(30, TimeUnit.SECONDS)).startsWith("monday", "tuesday", "wednesday");
      } finally {
        gate.open();
      }
    }
    assertThat(reported).isEmpty();
  }

  @Test
  void aStoreThatIsAwayFailsTheQueryUntilItIsBack() throws Exception {
    failsUntilHealed(Mishaps.unavailable(), "503 Slow Down");
  }

  @Test
  void aConnectionLostHalfWayFailsTheQueryNotTheSegment() throws Exception {
    failsUntilHealed(Mishaps.cutHalfWay(), "Connection reset");
  }

  private void failsUntilHealed(Mishap mishap, String message) throws Exception {
    String key = segment("20001");
    store.always(Call.under("segments/"), mishap);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::all)
          .isInstanceOf(UncheckedIOException.class)
          .cause()
          .hasMessageContaining(message);
    }
    assertThatThrownBy(() -> lines(TUESDAY, TUESDAY + 1)).hasMessageContaining(key);
    assertThat(lines(TUESDAY + DAY, TUESDAY + 2 * DAY)).containsExactly("wednesday");
    push(TUESDAY + DAY + 1, "meanwhile");
    store.heal();
    assertThat(all()).containsExactly("monday", "tuesday", "wednesday", "meanwhile");
    assertThat(reported).isEmpty();
  }

  @Test
  void aMissingObjectIsReportedOnceAndLookedForAgainWhileTheRestIsAnswered() throws Exception {
    String key = segment("20000");
    store.always(Call.under(key), Mishaps.missing());
    assertThat(all()).containsExactly("tuesday", "wednesday");
    assertThat(all()).containsExactly("tuesday", "wednesday");
    assertThat(reported).singleElement().extracting(CorruptDataException::path).isEqualTo(key);
    assertThat(reported.getFirst()).hasMessageContaining("the object is missing");
    store.heal();
    assertThat(all()).containsExactly("monday", "tuesday", "wednesday");
  }

  @Test
  void anObjectThatVanishesAfterItWasOpenedIsReportedToo() throws Exception {
    assertThat(all()).hasSize(3);
    String key = segment("20000");
    store.always(Call.under(key), Mishaps.missing());
    assertThat(all()).containsExactly("tuesday", "wednesday");
    assertThat(reported).isNotEmpty().allMatch(what -> what.path().equals(key));
  }

  @Test
  void aCorruptPageIsReportedWithItsPlaceAndTheRestIsAnswered() throws Exception {
    String key = segment("20001");
    store.always(Call.under(key), Mishaps.flippedBit(30));
    assertThat(all()).containsExactly("monday", "wednesday");
    assertThat(reported).isNotEmpty().allMatch(what -> what.path().equals(key));
    assertThat(reported.getFirst()).hasMessageContaining("CRC32C");
  }
}
