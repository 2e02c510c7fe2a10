package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.QueryException;
import dev.skald.querier.FairQueue.Party;
import dev.skald.querier.QueryQueue.Turn;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class QueryQueueTest {
  private static final Party ANN = new Party("t", "ann");
  private static final Party BOB = new Party("t", "bob");
  private static final long MILLI = 1_000_000;

  private final AtomicLong nanoTime = new AtomicLong(1);
  private final QueryQueue queue = new QueryQueue(2, nanoTime::get);
  private final List<String> begun = new CopyOnWriteArrayList<>();

  private Turn enter(Party party, String name) {
    return queue.enter(party, 3, 2, () -> begun.add(name));
  }

  @Test
  void beginsAsManyAsThereAreSlotsAndOneMoreForEachThatEnds() {
    Turn first = enter(ANN, "1");
    enter(ANN, "2");
    Turn third = enter(ANN, "3");
    assertThat(begun).containsExactly("1", "2");
    assertThat(queue.length()).isEqualTo(1);

    nanoTime.addAndGet(5 * MILLI);
    first.end();
    first.end();

    assertThat(begun).containsExactly("1", "2", "3");
    assertThat(third.waitedNanos()).isEqualTo(5 * MILLI);
    assertThat(queue.length()).isZero();
  }

  @Test
  void refusesATenantMoreThanMayWait() {
    for (int i = 0; i < 5; i++) {
      enter(ANN, "x");
    }

    assertThatThrownBy(() -> enter(BOB, "y"))
        .hasMessage("too many outstanding requests")
        .extracting(e -> ((QueryException) e).kind())
        .isEqualTo(QueryException.Kind.OVERLOADED);
    enter(new Party("other", ""), "z");
  }

  @Test
  void forgetsWhoWithdraws() {
    Turn first = enter(ANN, "1");
    enter(ANN, "2");
    Turn third = enter(ANN, "3");

    assertThat(third.withdraw()).isTrue();
    assertThat(first.withdraw()).isFalse();
    first.end();

    assertThat(begun).containsExactly("1", "2");
  }

  @Test
  void letsAnotherUserPassALongQuery() throws Exception {
    Turn first = enter(ANN, "1");
    Turn second = enter(ANN, "2");
    enter(ANN, "3");
    Turn other = enter(BOB, "bob");
    first.letOthersPass(() -> {});
    assertThat(begun).containsExactly("1", "2");

    nanoTime.addAndGet(150 * MILLI);
    CompletableFuture<Void> passed = passing(first);
    await("bob");
    assertThat(passed).isNotDone();
    other.end();
    passed.get(10, TimeUnit.SECONDS);

    assertThat(begun).containsExactly("1", "2", "bob");
    second.end();
    assertThat(begun).containsExactly("1", "2", "bob", "3");
  }

  @Test
  void putsAVeryLongQueryBehindTheOthersOfItsUser() throws Exception {
    Turn first = enter(ANN, "1");
    enter(ANN, "2");
    Turn third = enter(ANN, "3");
    nanoTime.addAndGet(500 * MILLI);
    first.letOthersPass(() -> {});
    assertThat(begun).containsExactly("1", "2");

    nanoTime.addAndGet(600 * MILLI);
    CompletableFuture<Void> passed = passing(first);
    await("3");
    third.end();
    passed.get(10, TimeUnit.SECONDS);
  }

  @Test
  void endsAQueryThatLosesItsPatienceWhileOthersPass() throws Exception {
    Turn first = enter(ANN, "1");
    Turn second = enter(ANN, "2");
    enter(BOB, "bob");
    nanoTime.addAndGet(150 * MILLI);

    assertThatThrownBy(
            () ->
                first.letOthersPass(
                    () -> {
                      throw new IllegalStateException("cancelled");
                    }))
        .hasMessage("cancelled");
    first.end();
    second.end();
    enter(ANN, "4");

    assertThat(begun).containsExactly("1", "2", "bob", "4");
    assertThat(queue.length()).isZero();
  }

  private static CompletableFuture<Void> passing(Turn turn) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            turn.letOthersPass(() -> {});
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private void await(String name) {
    while (!List.copyOf(begun).contains(name)) {
      Thread.onSpinWait();
    }
  }
}
