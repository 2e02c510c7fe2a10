package dev.skald.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MergeBudgetTest {
  private static final long MILLI = 1_000_000;

  private long now;
  private long slept;

  private Pace begin(double cores, long bytesPerSecond) {
    return new MergeBudget(cores, bytesPerSecond, () -> now, this::sleep).begin();
  }

  private void sleep(long nanos) {
    now += nanos;
    slept += nanos;
  }

  private void work(Pace pace, int steps, long bytes) {
    for (int i = 0; i < steps; i++) {
      now += MILLI;
      pace.spend(bytes);
    }
  }

  @Test
  void restsThreeTimesAsLongAsItWorksForAQuarterOfACore() {
    work(begin(0.25, 0), 1000, 1 << 20);
    assertThat(slept).isBetween(2990 * MILLI, 3000 * MILLI);
  }

  @Test
  void neverRestsWithAWholeCoreAndAnyNumberOfBytes() {
    work(begin(1, 0), 1000, 1 << 20);
    assertThat(slept).isZero();
  }

  @Test
  void readsNoMoreBytesASecondThanItMay() {
    // Two megabytes in a millisecond, of which a hundred are allowed a second.
    work(begin(1, 100_000_000), 1000, 2_000_000);
    assertThat(now).isBetween(19_990 * MILLI, 20_000 * MILLI);
  }

  @Test
  void theTighterLimitCounts() {
    work(begin(0.5, 100_000_000), 1000, 2_000_000);
    assertThat(now).isBetween(19_990 * MILLI, 20_000 * MILLI);
  }

  @Test
  void restsAQuarterOfASecondAtATimeAtMost() {
    Pace pace = begin(0.5, 0);
    now += 10_000 * MILLI;
    pace.spend(0);
    assertThat(slept).isEqualTo(250 * MILLI);
    for (int i = 0; i < 100; i++) {
      pace.spend(0);
    }
    assertThat(slept).isEqualTo(10_000 * MILLI);
  }

  @Test
  void doesNotCountTheTimeBetweenMerges() {
    MergeBudget budget = new MergeBudget(0.5, 0, () -> now, this::sleep);
    work(budget.begin(), 10, 0);
    long before = slept;
    now += 1_000_000 * MILLI;
    work(budget.begin(), 10, 0);
    assertThat(slept - before).isLessThanOrEqualTo(10 * MILLI);
  }

  @Test
  void refusesABudgetOfNothing() {
    assertThatThrownBy(() -> begin(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> begin(1.5, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> begin(1, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
