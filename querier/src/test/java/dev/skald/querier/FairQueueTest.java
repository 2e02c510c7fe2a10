package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.querier.FairQueue.Party;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FairQueueTest {
  private static final Party ANN = new Party("t", "ann");
  private static final Party BOB = new Party("t", "bob");
  private static final Party EVE = new Party("u", "eve");

  private final FairQueue<String> queue = new FairQueue<>();

  private List<String> all() {
    List<String> all = new ArrayList<>();
    for (String next = next(); next != null; next = next()) {
      all.add(next);
    }
    return all;
  }

  private String next() {
    return queue.poll(item -> 100);
  }

  @Test
  void letsTenantsAndTheirUsersTakeTurns() {
    for (int i = 0; i < 3; i++) {
      queue.addLast(ANN, "ann" + i);
    }
    queue.addLast(BOB, "bob0");
    queue.addLast(EVE, "eve0");
    queue.addLast(EVE, "eve1");

    assertThat(all()).containsExactly("ann0", "eve0", "bob0", "eve1", "ann1", "ann2");
  }

  @Test
  void passesATenantThatRunsAsMuchAsItMay() {
    queue.addLast(ANN, "ann0");
    queue.addLast(ANN, "ann1");
    queue.addLast(EVE, "eve0");

    assertThat(queue.poll(item -> 1)).isEqualTo("ann0");
    assertThat(queue.poll(item -> 1)).isEqualTo("eve0");
    assertThat(queue.poll(item -> 1)).isNull();
    queue.release("t");
    assertThat(queue.poll(item -> 1)).isEqualTo("ann1");
    assertThat(queue.running("t")).isEqualTo(1);
  }

  @Test
  void putsWhatStepsAsideBehindOthersButBeforeThoseOfItsUser() {
    queue.addLast(ANN, "ann0");
    queue.addLast(BOB, "bob0");
    queue.addLast(EVE, "eve0");
    queue.stepAside(ANN, "ann1");

    assertThat(all()).containsExactly("eve0", "bob0", "ann1", "ann0");
  }

  @Test
  void forgetsWhatIsTakenOut() {
    queue.addLast(ANN, "ann0");
    queue.addLast(ANN, "ann1");
    queue.addLast(BOB, "bob0");

    queue.remove(ANN, "ann0");
    queue.remove(BOB, "bob0");

    assertThat(queue.sizeOf("t")).isEqualTo(1);
    assertThat(queue.hasOtherThan(ANN)).isFalse();
    assertThat(all()).containsExactly("ann1");
    assertThat(queue.sizeOf("t")).isZero();
  }

  @Test
  void knowsWhetherAnybodyElseWaits() {
    assertThat(queue.hasOtherThan(ANN)).isFalse();
    queue.addLast(ANN, "ann0");
    assertThat(queue.hasOtherThan(ANN)).isFalse();
    assertThat(queue.hasOtherThan(BOB)).isTrue();
    assertThat(queue.hasOtherThan(EVE)).isTrue();
    queue.addLast(EVE, "eve0");
    assertThat(queue.hasOtherThan(ANN)).isTrue();
  }
}
