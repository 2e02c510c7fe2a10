package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.Limits;
import dev.skald.logql.QueryException;
import dev.skald.logql.eval.Direction;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.querier.EndlessHead.Work;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.object.FilesystemStore;
import dev.skald.storage.wal.NoWal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of query ends at its next pause once its caller leaves or its time is over, wherever
 * it is, and its slot is free.
 */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CancelledQueriesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long END = 10 * 86_400 * SECOND;

  @TempDir Path directory;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final AtomicLong nanoTime = new AtomicLong();
  private Storage storage;

  @BeforeEach
  void open() throws IOException {
    storage =
        Storage.open(
            StorageOptions.in(directory),
            new FilesystemStore(directory),
            new Storage.Writer(new NoWal().id(), InstantSource.system()));
  }

  @AfterEach
  void close() throws IOException {
    workers.shutdownNow();
    storage.close();
  }

  private interface Call {
    Object on(Querier querier) throws InterruptedException;
  }

  /** The kinds of queries, and where each of them is when it is left. */
  enum Kind {
    LOG_QUERY(Work.READ, querier -> querier.range(Caller.of("t"), range("{a=\"b\"} |~ \"x+y\""))),
    LOG_QUERY_IN_SELECT(Work.SELECT, querier -> querier.range(Caller.of("t"), range("{a=\"b\"}"))),
    METRIC_QUERY(
        Work.READ, querier -> querier.range(Caller.of("t"), range("sum(rate({a=\"b\"}[1m]))"))),
    METRIC_QUERY_IN_SELECT(
        Work.SELECT, querier -> querier.range(Caller.of("t"), range("rate({a=\"b\"}[1m])"))),
    INSTANT_QUERY(
        Work.READ,
        querier ->
            querier.instant(Caller.of("t"), new InstantQuery("rate({a=\"b\"}[1m])", END, ""))),
    EXPORT(
        Work.READ,
        querier -> querier.export(Caller.of("t"), new ExportQuery("{a=\"b\"}", 0, END, null))),
    LABEL_NAMES(Work.STREAMS, querier -> querier.labelNames("t", List.of(), 0, END)),
    LABEL_VALUES(Work.STREAMS, querier -> querier.labelValues("t", "a", List.of(), 0, END)),
    SERIES(Work.STREAMS, querier -> querier.series("t", List.of(List.of()), 0, END)),
    STREAMS(Work.STREAMS, querier -> querier.streams("t", List.of(), 0, END)),
    DETECTED_LABELS(Work.STREAMS, querier -> querier.detectedLabels("t", List.of(), 0, END)),
    DETECTED_FIELDS(Work.READ, querier -> querier.detectedFields("t", range("{a=\"b\"}"))),
    VOLUME(Work.STREAMS, querier -> querier.volume("t", volume())),
    VOLUME_RANGE(Work.STREAMS, querier -> querier.volumeRange("t", volume(), SECOND)),
    SEVERAL_TENANTS(Work.READ, querier -> querier.range(Caller.of("t|u"), range("{a=\"b\"}"))),
    SERIES_OF_SEVERAL(Work.STREAMS, querier -> querier.series("t|u", List.of(List.of()), 0, END));

    private final Work work;
    private final Call call;

    Kind(Work work, Call call) {
      this.work = work;
      this.call = call;
    }

    private static RangeQuery range(String text) {
      return new RangeQuery(
          text, new RangeParameters(0, END, 3600 * SECOND, 100, Direction.BACKWARD, 0), "");
    }

    private static VolumeQuery volume() {
      return new VolumeQuery(List.of(), 0, END, 100, List.of(), false);
    }
  }

  private Querier querier(EndlessHead heads) {
    return new Querier(
        heads,
        storage,
        new JoinedLimits(tenant -> Limits.defaults()),
        new Querier.Environment(
            workers,
            InstantSource.system(),
            nanoTime::get,
            new Querier.Capacity(1, 10, 1 << 20, 1 << 20, 0),
            QueryListener.NONE));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whoseCallerLeavesEnds(Kind kind) throws Exception {
    EndlessHead heads = new EndlessHead(kind.work);
    Querier querier = querier(heads);
    FutureTask<Object> asking = new FutureTask<>(() -> kind.call.on(querier));
    Thread caller = Thread.ofVirtual().start(asking);
    heads.begun.acquire();
    assertThat(querier.running()).isEqualTo(1);
    FutureTask<Object> next = new FutureTask<>(() -> querier.inTurn("t", pause -> "next"));
    Thread.ofVirtual().start(next);
    while (querier.waiting() == 0) {
      Thread.onSpinWait();
    }

    caller.interrupt();
    assertThatThrownBy(asking::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(next.get()).isEqualTo("next");
    awaitEnd(querier);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whoseTimeIsOverEnds(Kind kind) throws Exception {
    EndlessHead heads = new EndlessHead(kind.work);
    Querier querier = querier(heads);
    FutureTask<Object> asking = new FutureTask<>(() -> kind.call.on(querier));
    Thread.ofVirtual().start(asking);
    heads.begun.acquire();

    nanoTime.addAndGet(Limits.defaults().query().queryTimeout().toNanos() + 1);
    assertThatThrownBy(asking::get)
        .cause()
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.kind()).isEqualTo(QueryException.Kind.TIMEOUT));
    awaitEnd(querier);
  }

  private static void awaitEnd(Querier querier) {
    while (querier.running() > 0 || querier.memoryHeld() > 0) {
      Thread.onSpinWait();
    }
    assertThat(querier.waiting()).isZero();
  }
}
