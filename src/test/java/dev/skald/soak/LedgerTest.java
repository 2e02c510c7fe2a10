package dev.skald.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.storage.TestEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LedgerTest {
  private static final TestEntry ONE = TestEntry.of(Labels.of("a", "b"), 1, "one", Map.of());
  private static final TestEntry TWO = TestEntry.of(Labels.of("a", "b"), 1, "two", Map.of());

  private final Ledger ledger = new Ledger();

  @Test
  void wantsWhatWasAcknowledgedExactlyOnce() {
    ledger.acknowledged(List.of(ONE, TWO));
    assertThat(ledger.check(List.of(TWO, ONE))).isEmpty();
    assertThat(ledger.check(List.of(ONE))).containsExactly("lost: " + TWO);
    assertThat(ledger.check(List.of(ONE, TWO, TWO))).containsExactly("2 times there: " + TWO);
  }

  @Test
  void wantsNothingThatWasNeverPushedOrWasRefused() {
    ledger.refused(List.of(ONE));
    assertThat(ledger.check(List.of(TWO))).containsExactly("never pushed: " + TWO);
    assertThat(ledger.check(List.of(ONE))).containsExactly("refused and yet there: " + ONE);
  }

  @Test
  void bearsWhatACrashBringsBackButNotThatItGoesAgain() {
    ledger.refused(List.of(ONE));
    ledger.crashed();
    assertThat(ledger.check(List.of())).isEmpty();
    assertThat(ledger.check(List.of(ONE))).isEmpty();
    assertThat(ledger.check(List.of())).containsExactly("lost: " + ONE);
  }

  @Test
  void letsGoOfWhatWasOnlyInALostLog() {
    ledger.acknowledged(List.of(ONE, TWO));
    ledger.logLost(Set.of(ONE));
    assertThat(ledger.check(List.of(ONE))).isEmpty();
    assertThat(ledger.check(List.of())).containsExactly("lost: " + ONE);
  }

  @Test
  void letsGoOfWhatMayGoOnceAndForAll() {
    ledger.acknowledged(List.of(ONE, TWO));
    ledger.mayGo(ONE::equals);
    assertThat(ledger.check(List.of(ONE, TWO))).isEmpty();
    assertThat(ledger.check(List.of(ONE, ONE, TWO))).containsExactly("2 times there: " + ONE);
    assertThat(ledger.check(List.of(TWO))).isEmpty();
    assertThat(ledger.check(List.of(ONE, TWO))).containsExactly("gone and there again: " + ONE);
    assertThat(ledger.keeps(ONE)).isFalse();
    assertThat(ledger.keeps(TWO)).isTrue();
  }

  @Test
  void wantsWhatIsHiddenNotToBeSeenUntilItIsHiddenNoMore() {
    ledger.acknowledged(List.of(ONE, TWO));
    assertThat(ledger.check(List.of(TWO), ONE::equals)).isEmpty();
    assertThat(ledger.check(List.of(ONE, TWO), ONE::equals))
        .containsExactly("hidden and yet seen: " + ONE);
    assertThat(ledger.check(List.of(TWO))).containsExactly("lost: " + ONE);
    ledger.deleting();
    ledger.deleted(ONE::equals);
    assertThat(ledger.check(List.of(TWO))).isEmpty();
    assertThat(ledger.check(List.of(ONE, TWO))).containsExactly("gone and there again: " + ONE);
  }
}
