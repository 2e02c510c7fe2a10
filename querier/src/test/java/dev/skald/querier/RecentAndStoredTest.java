package dev.skald.querier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.IngesterConfig;
import dev.skald.config.Limits;
import dev.skald.ingester.Ingester;
import dev.skald.ingester.SealedHeads;
import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.SealEffort;
import dev.skald.storage.Storage;
import dev.skald.storage.StorageOptions;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.object.FilesystemStore;
import dev.skald.storage.wal.NoWal;
import dev.skald.storage.wal.PushRecord;
import dev.skald.storage.wal.PushRecordWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecentAndStoredTest {
  private static final long HASH = 7;

  @TempDir Path directory;
  private Storage storage;
  private Ingester ingester;
  private RecentAndStored source;
  private final List<Integer> seenAroundTheSeal = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    NoWal logs = new NoWal();
    storage =
        Storage.open(
            StorageOptions.in(directory),
            new FilesystemStore(directory),
            new Storage.Writer(logs.id(), InstantSource.system()));
    ingester =
        new Ingester(
            IngesterConfig.defaults(),
            new Ingester.Environment(
                logs,
                new WatchedSeal(),
                tenant -> Limits.defaults(),
                InstantSource.system(),
                System::nanoTime,
                Thread.ofPlatform().daemon().factory(),
                Runnable::run));
    source = new RecentAndStored("t", ingester, storage, true);
  }

  @AfterEach
  void close() throws IOException {
    ingester.close();
    storage.close();
  }

  @Test
  void anEntryIsSeenOnceAtEveryStepOfItsSeal() throws Exception {
    ingester.start();
    push("x");
    assertThat(rows()).isEqualTo(1);
    ingester.flush();
    assertThat(seenAroundTheSeal).containsExactly(1, 1);
    assertThat(rows()).isEqualTo(1);
    push("x");
    assertThat(rows()).isEqualTo(1);
    push("y");
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void answersNothingRatherThanHalfBeforeTheReplayHasEnded() throws Exception {
    assertThatThrownBy(this::rows)
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> assertThat(e.kind()).isEqualTo(QueryException.Kind.UNAVAILABLE));
    assertThatThrownBy(() -> source.streams(List.of(), 0, Long.MAX_VALUE))
        .isInstanceOf(QueryException.class);
    ingester.start();
    assertThat(rows()).isZero();
  }

  private int rows() {
    int rows = 0;
    Selection all = new Selection(List.of(), 0, Long.MAX_VALUE, Columns.ALL);
    for (Block block : source.select(all)) {
      rows += block.read(Columns.ALL).rows();
    }
    return rows;
  }

  private void push(String line) throws Exception {
    PushRecordWriter writer = new PushRecordWriter();
    writer.begin("t");
    writer.beginStream(slice(Labels.of("app", "a").toString()), HASH);
    writer.entry(1_000, slice(line));
    PushRecord record = writer.finish();
    ingester.push(ingester.shard(HASH), record).get();
  }

  private static Slice slice(String text) {
    Slice slice = new Slice();
    byte[] bytes = text.getBytes(UTF_8);
    slice.set(bytes, 0, bytes.length);
    return slice;
  }

  /** Counts what a query sees just before and just after a head is in storage. */
  private final class WatchedSeal implements SealedHeads {
    private final SealedHeads real = SealedHeads.in(storage);

    @Override
    public void seal(HeadId head, Map<String, Batch> byTenant, SealEffort effort)
        throws IOException {
      seenAroundTheSeal.add(rows());
      real.seal(head, byTenant, effort);
      seenAroundTheSeal.add(rows());
    }

    @Override
    public boolean isSealed(HeadId head) {
      return real.isSealed(head);
    }

    @Override
    public void forget(List<HeadId> heads) throws IOException {
      real.forget(heads);
    }

    @Override
    public long nextHeadNumber() {
      return real.nextHeadNumber();
    }
  }
}
