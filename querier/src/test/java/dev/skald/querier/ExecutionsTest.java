package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.QueryLimits;
import dev.skald.querier.Executions.Question;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ExecutionsTest {
  private static final FairQueue.Party PARTY = new FairQueue.Party("t", "");
  private static final long MIB = 1 << 20;

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final QueryMemory memory = new QueryMemory(10 * MIB);
  private final QueryQueue queue = new QueryQueue(1, System::nanoTime);
  private final Executions executions = new Executions(workers, queue);
  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch began = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private volatile int data = 1;

  @AfterEach
  void stop() {
    mayEnd.countDown();
    workers.shutdownNow();
    callers.shutdownNow();
  }

  private Question<String> question(Object key, Function<QueryRun, String> task) {
    return new Question<>(
        PARTY,
        key,
        () -> data,
        new Executions.Place(10, 10),
        QueryLimits.defaults(),
        () -> new QueryRun(Instant.EPOCH, System::nanoTime, memory, 10 * MIB),
        task);
  }

  /** Takes memory, then works until it may end or nobody wants it any more. */
  private String slowly(QueryRun run) {
    runs.incrementAndGet();
    run.reserve(MIB);
    began.countDown();
    try {
      while (!mayEnd.await(1, TimeUnit.MILLISECONDS)) {
        run.checkpoint();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return "answer";
  }

  private CompletableFuture<Held<String>> ask(Question<String> question) {
    CompletableFuture<Held<String>> answer = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    answer.complete(executions.ask(question));
                  } catch (Throwable t) {
                    answer.completeExceptionally(t);
                  }
                });
    answer.whenComplete(
        (held, failure) -> {
          if (answer.isCancelled()) {
            caller.interrupt();
          }
        });
    return answer;
  }

  @Test
  void oneRunAnswersAllWhoAskTheSameAtTheSameTime() throws Exception {
    CompletableFuture<Held<String>> first = ask(question("q", this::slowly));
    began.await();
    CompletableFuture<Held<String>> second = ask(question("q", this::slowly));
    awaitAskers();
    mayEnd.countDown();

    assertThat(first.get().value()).isEqualTo("answer");
    assertThat(second.get().value()).isEqualTo("answer");
    assertThat(runs).hasValue(1);
    first.get().close();
    assertThat(memory.used()).isEqualTo(MIB);
    second.get().close();
    second.get().close();
    assertThat(memory.used()).isZero();
  }

  @Test
  void aRunThatHasNotSeenTheNewestDataIsNotShared() throws Exception {
    CompletableFuture<Held<String>> first = ask(question("q", this::slowly));
    began.await();
    data = 2;
    CompletableFuture<Held<String>> second = ask(question("q", this::slowly));
    while (queue.length() == 0) {
      Thread.onSpinWait();
    }
    mayEnd.countDown();

    first.get().close();
    second.get().close();
    assertThat(runs).hasValue(2);
    assertThat(memory.used()).isZero();
  }

  @Test
  void aQueryThatGetsNoThreadFailsAndFreesItsSlot() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Executions scarce =
        new Executions(
            task -> {
              if (asked.getAndIncrement() == 0) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              workers.execute(task);
            },
            queue);

    assertThatThrownBy(() -> scarce.ask(question("q", run -> "first")))
        .isInstanceOf(OutOfMemoryError.class);
    try (Held<String> second = scarce.ask(question("q", run -> "second"))) {
      assertThat(second.value()).isEqualTo("second");
    }
    assertThat(queue.running()).isZero();
  }

  @Test
  void oneWhoLeavesDoesNotEndTheRunOfTheOthers() throws Exception {
    CompletableFuture<Held<String>> first = ask(question("q", this::slowly));
    began.await();
    CompletableFuture<Held<String>> second = ask(question("q", this::slowly));
    awaitAskers();
    first.cancel(true);
    awaitAskers();
    mayEnd.countDown();

    second.get().close();
    assertThat(runs).hasValue(1);
    assertThat(memory.used()).isZero();
  }

  @Test
  void theRunEndsWhenTheLastLeaves() throws Exception {
    CompletableFuture<Held<String>> first = ask(question("q", this::slowly));
    began.await();
    first.cancel(true);
    while (memory.used() > 0) {
      Thread.onSpinWait();
    }

    mayEnd.countDown();
    executions.ask(question("q", this::slowly)).close();
    assertThat(runs).hasValue(2);
  }

  @Test
  void whoLeavesTheLineIsNeverRun() throws Exception {
    CompletableFuture<Held<String>> first = ask(question("q", this::slowly));
    began.await();
    CompletableFuture<Held<String>> second = ask(question("r", this::slowly));
    while (queue.length() == 0) {
      Thread.onSpinWait();
    }
    second.cancel(true);
    while (queue.length() > 0) {
      Thread.onSpinWait();
    }
    mayEnd.countDown();
    first.get().close();

    executions.ask(question("s", run -> "next")).close();
    assertThat(runs).hasValue(1);
    assertThat(memory.used()).isZero();
  }

  @Test
  void failuresReachWhoAsksAndGiveTheMemoryBack() {
    Question<String> failing =
        question(
            null,
            run -> {
              run.reserve(MIB);
              throw new StackOverflowError("deep");
            });

    assertThatThrownBy(() -> executions.ask(failing)).isInstanceOf(StackOverflowError.class);
    assertThat(memory.used()).isZero();
    assertThat(queue.length()).isZero();
  }

  /** Gives another caller time to join; whether it has cannot be seen from outside. */
  private static void awaitAskers() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(50);
  }
}
