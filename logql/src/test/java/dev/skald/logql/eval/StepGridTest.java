package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StepGridTest {
  @Test
  void roundsTheStartDownAndTheEndUp() {
    assertThat(aligned(5, 55, 20)).isEqualTo(new StepGrid(0, 20, 4));
    assertThat(aligned(65, 65, 10)).isEqualTo(new StepGrid(60, 10, 2));
    assertThat(aligned(0, 60, 20)).isEqualTo(new StepGrid(0, 20, 4));
    assertThat(aligned(-5, -1, 10)).isEqualTo(new StepGrid(-10, 10, 2));
  }

  @Test
  void showsTimesInWholeMilliseconds() {
    assertThat(StepGrid.instant(1_999_999).millis(0)).isEqualTo(1);
    assertThat(StepGrid.instant(-1).millis(0)).isEqualTo(-1);
  }

  @Test
  void staysWithinTheTimesThatThereAre() {
    StepGrid last = aligned(Long.MAX_VALUE - 1, Long.MAX_VALUE, 60_000);
    assertThat(last.steps()).isEqualTo(1);
    assertThat(last.last()).isBetween(Long.MAX_VALUE - 60_000, Long.MAX_VALUE);

    StepGrid first = aligned(Long.MIN_VALUE, Long.MIN_VALUE + 1, 60_000);
    assertThat(first.steps()).isEqualTo(1);
    assertThat(first.start()).isBetween(Long.MIN_VALUE, Long.MIN_VALUE + 60_000);
  }

  private static StepGrid aligned(long start, long end, long step) {
    return StepGrid.aligned(new RangeParameters(start, end, step, 1, Direction.FORWARD, 0));
  }
}
