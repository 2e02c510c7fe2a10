package dev.skald.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.FaultyStore.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RetentionFaultsTest extends RetentionRig {
  /** Every call of the store fails once, or is the last before the process dies. */
  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFailureAtAnyCallLeavesOldOrNewAndTheNextRunEndsTheWork(Fault fault) throws IOException {
    for (boolean dies : new boolean[] {false, true}) {
      for (int call = 0; workIsCutShort(call, fault, dies); call++) {
        assertThat(call).isLessThan(200);
      }
    }
  }

  private boolean workIsCutShort(int call, Fault fault, boolean dies) throws IOException {
    storage.close();
    objects = new MemoryStore();
    store = new FaultyStore(objects);
    heads = 0;
    now = DAY_0;
    open();
    limits.put("t", period(30, rule("{app=\"dev\"}", 1)));
    limits.put("old", period(1));
    seal("t", row("dev", DAY_0, "dev"), row("prod", DAY_0, "prod"), row("prod", DAY_0, "bad"));
    seal("old", row("dev", DAY_0, "old"));
    delete("{app=\"prod\"} |= \"bad\"", DAY_0.minusSeconds(9), DAY_0.plusSeconds(1));
    now = DAY_0.plus(Duration.ofDays(2));
    if (dies) {
      store.dieAfter(call, fault);
    } else {
      store.failAfter(call, fault);
    }
    retention.apply(now);
    boolean failed = store.hasFailed();
    store.heal();
    if (dies) {
      reopen();
    }
    checkOldOrNew();
    applyAt(now.plus(INTERVAL));
    applyAt(now.plus(INTERVAL));
    assertThat(stored("t")).as("call " + call).containsExactly("prod");
    assertThat(stored("old")).isEmpty();
    assertThat(requests.pending()).isEmpty();
    storage.sweep(now.plus(DELETE_DELAY));
    reopen();
    assertThat(segmentObjects()).isEqualTo(1);
    assertThat(stored("t")).containsExactly("prod");
    return failed;
  }

  private void checkOldOrNew() {
    assertThat(lines("t")).isIn(List.of("dev", "prod"), List.of("prod"));
    assertThat(stored("t"))
        .isIn(
            List.of("bad", "dev", "prod"),
            List.of("bad", "prod"),
            List.of("dev", "prod"),
            List.of("prod"));
    assertThat(stored("old")).isIn(List.of(), List.of("old"));
  }
}
