package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class QueryMemoryTest {
  private static final long MIB = 1 << 20;

  private final QueryMemory memory = new QueryMemory(10 * MIB);

  private static boolean hold(QueryMemory.Account account, long bytes) throws Exception {
    return account.hold(bytes, () -> {});
  }

  @Test
  void givesOutWhatThereIsAndTakesItBack() throws Exception {
    QueryMemory.Account account = memory.open();

    assertThat(hold(account, 6 * MIB)).isTrue();
    assertThat(memory.used()).isEqualTo(6 * MIB);
    assertThat(hold(account, MIB)).isTrue();
    assertThat(memory.used()).isEqualTo(MIB);
    account.close();
    account.close();
    assertThat(memory.used()).isZero();
  }

  @Test
  void makesWayForASmallQueryByEndingTheLargest() throws Exception {
    QueryMemory.Account large = memory.open();
    QueryMemory.Account middling = memory.open();
    QueryMemory.Account small = memory.open();
    hold(large, 6 * MIB);
    hold(middling, 4 * MIB);

    CompletableFuture<Boolean> waiting = inBackground(small, MIB);
    while (!large.givesWay()) {
      Thread.onSpinWait();
    }

    assertThat(waiting).isNotDone();
    assertThat(hold(large, 7 * MIB)).isFalse();
    large.close();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(middling.givesWay()).isFalse();
    assertThat(memory.used()).isEqualTo(5 * MIB);
  }

  @Test
  void endsTheOneThatAsksIfItIsTheLargest() throws Exception {
    QueryMemory.Account other = memory.open();
    hold(other, 3 * MIB);
    QueryMemory.Account large = memory.open();
    hold(large, 6 * MIB);

    assertThat(hold(large, 8 * MIB)).isFalse();
    assertThat(other.givesWay()).isFalse();
  }

  @Test
  void endsNoMoreQueriesThanNeeded() throws Exception {
    QueryMemory.Account first = memory.open();
    QueryMemory.Account second = memory.open();
    hold(first, 5 * MIB);
    hold(second, 4 * MIB);

    CompletableFuture<Boolean> one = inBackground(memory.open(), 2 * MIB);
    CompletableFuture<Boolean> two = inBackground(memory.open(), 2 * MIB);
    while (!first.givesWay()) {
      Thread.onSpinWait();
    }
    first.close();

    assertThat(one.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(two.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(second.givesWay()).isFalse();
  }

  @Test
  void asksOthersToGoWhereOneStaysThoughItWasTold() throws Exception {
    QueryMemory.Account stuck = memory.open();
    QueryMemory.Account other = memory.open();
    hold(stuck, 6 * MIB);
    hold(other, 4 * MIB);
    other.whenGivingWay(() -> Thread.ofPlatform().start(other::close));

    CompletableFuture<Boolean> waiting = inBackground(memory.open(), MIB);

    assertThat(waiting.get(15, TimeUnit.SECONDS)).isTrue();
    assertThat(stuck.givesWay()).isTrue();
    assertThat(memory.used()).isEqualTo(7 * MIB);
  }

  @Test
  void tellsAReplyThatIsBeingWrittenToEnd() throws Exception {
    CompletableFuture<Void> told = new CompletableFuture<>();
    QueryMemory.Account reply = memory.open();
    hold(reply, 9 * MIB);
    reply.whenGivingWay(() -> told.complete(null));

    CompletableFuture<Boolean> waiting = inBackground(memory.open(), 4 * MIB);
    told.get(10, TimeUnit.SECONDS);
    reply.close();

    assertThat(waiting.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void letsThePatienceOfAWaitingQueryEndTheWaiting() throws Exception {
    QueryMemory.Account large = memory.open();
    hold(large, 9 * MIB);
    QueryMemory.Account small = memory.open();

    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return small.hold(
                    4 * MIB,
                    () -> {
                      throw new IllegalStateException("no longer");
                    });
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });

    assertThat(waiting).failsWithin(java.time.Duration.ofSeconds(10));
    small.close();
    large.close();
    assertThat(memory.used()).isZero();
  }

  private static CompletableFuture<Boolean> inBackground(QueryMemory.Account account, long bytes) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return hold(account, bytes);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
