package dev.skald.querier.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.Limits;
import dev.skald.ingester.RecordFeed;
import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.StreamHash;
import dev.skald.logql.batch.Slice;
import dev.skald.logql.eval.LogEntry;
import dev.skald.logql.syntax.Parser;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

final class TailsTest {
  private static final Labels STREAM = Labels.of("app", "a");
  private static final long SECOND = 1_000_000_000L;

  /** Runs what it is given when it is told to. */
  private static final class Later implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    void run() {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }
  }

  private final RecordFeed feed = new RecordFeed();
  private final Later workers = new Later();
  private Instant now = Instant.ofEpochSecond(1000);
  private long nanos;
  private Tails tails = tails(1 << 20);

  private Tails tails(long maxBytes) {
    return new Tails(
        feed,
        tenant -> Limits.defaults(),
        Duration.ofHours(1),
        new Tails.Environment(() -> now, () -> nanos, workers, maxBytes));
  }

  private Tail open(String query, int delay) {
    return tails.open("t", Parser.parseLogQuery(query), Duration.ofSeconds(delay));
  }

  private static PushRecord record(long time, String... lines) {
    PushRecordWriter writer = new PushRecordWriter();
    writer.begin("t");
    writer.beginStream(slice(STREAM.toString()), StreamHash.of(STREAM));
    for (String line : lines) {
      writer.entry(time++, slice(line));
    }
    return writer.finish();
  }

  private static Slice slice(String text) {
    Slice slice = new Slice();
    byte[] utf8 = text.getBytes(UTF_8);
    slice.set(utf8, 0, utf8.length);
    return slice;
  }

  private void store(long time, String... lines) {
    feed.stored(List.of(record(time, lines)));
  }

  private static List<String> taken(Tail tail) {
    List<String> lines = new ArrayList<>();
    for (TailFrame frame = tail.take(); frame != null; frame = tail.take()) {
      frame.entries().forEach(entry -> lines.add(new String(entry.line(), UTF_8)));
    }
    return lines;
  }

  @Test
  void passesARecordOnceForAllTailsOfAQuery() {
    try (Tail first = open("{app=\"a\"} |= \"x\"", 0);
        Tail second = open("{app=\"a\"}  |=  \"x\"", 0)) {
      store(1, "x1", "y");
      assertThat(workers.tasks).hasSize(1);
      workers.run();
      LogEntry entry = first.take().entries().getFirst();
      assertThat(second.take().entries().getFirst()).isSameAs(entry);
      assertThat(tails.active()).isEqualTo(2);
      assertThat(tails.activeStreams()).isEqualTo(2);
    }
    assertThat(tails.active()).isZero();
    store(2, "x2");
    assertThat(workers.tasks).isEmpty();
    assertThat(tails.waitingBytes()).isZero();
  }

  @Test
  void sendsATailNothingThatWasStoredBeforeIt() {
    try (Tail first = open("{app=\"a\"}", 0)) {
      store(1, "before");
      try (Tail second = open("{app=\"a\"}", 0)) {
        store(2, "after");
        workers.run();
        assertThat(taken(first)).containsExactly("before", "after");
        assertThat(taken(second)).containsExactly("after");
      }
    }
  }

  @Test
  void leavesOutWhatTheHistoryHas() {
    try (Tail tail = open("{app=\"a\"}", 0);
        Tail other = open("{app=\"a\"}", 0)) {
      store(1, "both", "live");
      workers.run();
      List<LogEntry> all = other.take().entries();
      tail.history(all.subList(0, 1));
      store(1, "both");
      workers.run();
      assertThat(taken(tail)).containsExactly("live");
    }
  }

  @Test
  void givesEntriesInTheOrderOfTimeOnceTheyAreOldEnough() {
    try (Tail tail = open("{app=\"a\"}", 2)) {
      store(999 * SECOND, "young");
      store(997 * SECOND, "old");
      workers.run();
      assertThat(taken(tail)).containsExactly("old");
      now = Instant.ofEpochSecond(1001);
      assertThat(taken(tail)).containsExactly("young");
    }
  }

  @Test
  void dropsWhatATailDoesNotTakeAndTellsIt() {
    tails = tails(64 << 20);
    try (Tail slow = open("{app=\"a\"}", 0);
        Tail fast = open("{app=\"a\"}", 0)) {
      int stored = WaitingEntries.MOST_ENTRIES + 1500;
      for (int i = 0; i < stored; i++) {
        store(i, "x");
        workers.run();
        assertThat(taken(fast)).hasSize(1);
      }
      TailFrame frame = slow.take();
      assertThat(frame.dropped()).hasSize(1000);
      assertThat(frame.dropped().getFirst())
          .isEqualTo(new DroppedEntry(WaitingEntries.MOST_ENTRIES, STREAM));
      assertThat(slow.take().dropped()).isEmpty();
    }
  }

  @Test
  void letsASlowTailHaveNoMoreThanItsShareOfTheMemory() {
    try (Tail slow = open("{app=\"a\"}", 0);
        Tail fast = open("{app=\"a\"}", 0)) {
      for (int i = 0; i < 300; i++) {
        store(i, "x".repeat(5000));
        workers.run();
        assertThat(taken(fast)).hasSize(1);
      }
      assertThat(tails.waitingBytes()).isBetween(1L << 18, 1L << 19);
      assertThat(slow.take().dropped()).hasSizeGreaterThan(150);
    }
  }

  @Test
  void dropsRecordsThatNobodyHasTimeForAndTellsTheirStreams() {
    tails = tails(200);
    try (Tail tail = open("{app=\"a\"} |= \"x\"", 0)) {
      store(1, "x".repeat(150));
      store(2, "y".repeat(150), "z");
      TailFrame frame = tail.take();
      assertThat(frame.entries()).isEmpty();
      assertThat(frame.dropped())
          .containsExactly(new DroppedEntry(2, STREAM), new DroppedEntry(3, STREAM));
      workers.run();
    }
    assertThat(tails.waitingBytes()).isZero();
  }

  @Test
  void givesBackTheMemoryOfWhatIsNotTaken() {
    Tail tail = open("{app=\"a\"}", 0);
    store(1, "taken by nobody");
    workers.run();
    store(2, "passed by nobody");
    assertThat(tails.waitingBytes()).isPositive();
    tail.close();
    tail.close();
    workers.run();
    assertThat(tails.waitingBytes()).isZero();
    assertThat(tails.active()).isZero();
  }

  @Test
  void endsATailThatIsTooOld() throws Exception {
    try (Tail tail = open("{app=\"a\"}", 0)) {
      nanos = Duration.ofHours(1).toNanos();
      assertThat(tail.await()).isFalse();
      assertThat(tail.ending()).isEqualTo("reached tail max duration limit");
    }
  }

  @Test
  void opensNoMoreTailsThanATenantMayHave() {
    List<Tail> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(open("{app=\"a\"}", 0));
    }
    assertThatThrownBy(() -> open("{app=\"b\"}", 0))
        .isInstanceOf(QueryException.class)
        .hasMessage("max concurrent tail requests limit exceeded, count > limit (11 > 10)");
    all.getFirst().close();
    open("{app=\"b\"}", 0).close();
    all.forEach(Tail::close);
  }

  @Test
  void endsTheTailsOfAQueryThatFails() throws Exception {
    try (Tail tail = open("{app=\"a\"}", 0)) {
      feed.stored(List.of(broken()));
      workers.run();
      assertThat(tail.await()).isFalse();
      assertThat(tail.ending()).startsWith("the query has failed: ");
    }
  }

  /** A record whose tenant can be read and nothing else. */
  private static PushRecord broken() {
    return new PushRecord(new byte[] {1, 't', 9}, 3);
  }
}
