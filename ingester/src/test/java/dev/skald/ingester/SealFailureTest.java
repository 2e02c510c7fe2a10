package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.ingester.Entries.Entry;
import dev.skald.storage.catalog.HeadId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Heads that cannot be sealed stay readable, are tried again, and hold nobody up for ever. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SealFailureTest {
  private static final int FULL = 100_000;

  @TempDir Path directory;
  private IngesterRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new IngesterRig(directory);
    rig.shards = 1;
    rig.sealBytes = FULL;
    rig.start();
  }

  @AfterEach
  void stop() throws IOException {
    rig.storage.recover();
    rig.executor = Runnable::run;
    rig.close();
  }

  @Test
  void triesAgainWhenASealRanOutOfMemory() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.storage.failNextWith(new OutOfMemoryError("Java heap space"));
    assertThatThrownBy(rig.ingester::flush).isInstanceOf(IOException.class);
    assertThat(rig.visible("t")).hasSize(1);
    rig.mustPush("t", new Entry("a", 2, "y"));
    rig.ingester.tick(rig.now);
    assertThat(rig.storage.entries("t")).hasSize(1);
    rig.ingester.flush();
    assertThat(rig.storage.entries("t")).hasSize(2);
    assertThat(rig.logs.numbers()).isEmpty();
  }

  @Test
  void triesAgainWhenNobodyWasThereToSeal() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.executor =
        task -> {
          throw new RejectedExecutionException("shut down");
        };
    assertThatThrownBy(rig.ingester::flush).isInstanceOf(IOException.class);
    rig.executor = Runnable::run;
    rig.mustPush("t", new Entry("a", 2, "y"));
    rig.ingester.flush();
    assertThat(rig.storage.entries("t")).hasSize(2);
  }

  @Test
  void refusesPushesAtOnceAfterTheFirstHasWaitedInVain() throws Exception {
    rig.storage.failNext(Integer.MAX_VALUE);
    fillAllHeads();
    long start = System.nanoTime();
    CompletableFuture<?>[] pushes = new CompletableFuture<?>[1000];
    for (int i = 0; i < pushes.length; i++) {
      pushes[i] = rig.push("t", new Entry("a", 10 + i, "refused"));
    }
    for (CompletableFuture<?> push : pushes) {
      assertThatThrownBy(push::get).hasCauseInstanceOf(WriteUnavailableException.class);
    }
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
    rig.storage.recover();
    rig.ingester.tick(rig.now);
    rig.mustPush("t", new Entry("a", 9, "stored"));
    assertThat(rig.visible("t")).hasSize(4);
  }

  @Test
  void refusesPushesOnceAnotherProcessHasTakenOverAndKeepsItsLog() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.storage.takenOver();
    assertThatThrownBy(() -> rig.push("t", new Entry("a", 2, "y")).get())
        .hasCauseInstanceOf(WriteUnavailableException.class)
        .hasMessageContaining("another has taken over");
    rig.ingester.tick(rig.now);
    assertThatThrownBy(rig.ingester::flush).isInstanceOf(IOException.class);
    assertThat(rig.visible("t")).hasSize(1);
    assertThat(rig.logs.numbers()).isNotEmpty();
  }

  @Test
  void waitsLongerAfterEachFailureButNotForEver() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.storage.failNext(Integer.MAX_VALUE);
    assertThatThrownBy(rig.ingester::flush).isInstanceOf(IOException.class);
    for (int second = 0; second < 600; second++) {
      rig.ingester.tick(rig.now);
      rig.nanosAhead += TimeUnit.SECONDS.toNanos(1);
    }
    assertThat(rig.ingester.stats().sealFailuresTotal()).isBetween(12L, 20L);
    assertThat(rig.ingester.stats().headsFailing()).isEqualTo(1);
    rig.storage.recover();
    rig.nanosAhead += TimeUnit.MINUTES.toNanos(1);
    rig.ingester.tick(rig.now);
    assertThat(rig.storage.entries("t")).hasSize(1);
    assertThat(rig.ingester.stats().headsFailing()).isZero();
  }

  @Test
  void oneHeadThatCanNeverBeSealedHoldsUpNoOther() throws Exception {
    rig.mustPush("t", new Entry("a", 0, "poisoned"));
    rig.storage.failAlways(new HeadId(0));
    assertThatThrownBy(rig.ingester::flush).isInstanceOf(IOException.class);
    for (int i = 1; i < 50; i++) {
      rig.mustPush("t", new Entry("a", i, "x".repeat(FULL)));
      rig.ingester.tick(rig.now);
    }
    assertThat(rig.storage.entries("t")).hasSizeGreaterThan(45);
    assertThat(rig.visible("t")).hasSize(50);
    assertThat(rig.logs.numbers()).contains(0L).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void endsItsThreadsThoughTheLastFlushFails() throws Exception {
    rig.flushOnShutdown = true;
    rig.threads.clear();
    rig.crashAndStart();
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.storage.failNext(Integer.MAX_VALUE);
    assertThatThrownBy(rig.ingester::close).isInstanceOf(IOException.class);
    assertThat(rig.threads).isNotEmpty().noneMatch(Thread::isAlive);
  }

  /** Fills as many heads as there may be. */
  private void fillAllHeads() throws Exception {
    for (int i = 0; i < 3; i++) {
      rig.mustPush("t", new Entry("a", i, "x".repeat(FULL)));
    }
  }
}
