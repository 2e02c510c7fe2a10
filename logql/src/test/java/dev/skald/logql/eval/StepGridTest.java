package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StepGridTest {
  @Test
  void roundsTheStartDownAndTheEndUp() {
    assertThat(StepGrid.aligned(5, 55, 20)).isEqualTo(new StepGrid(0, 20, 4));
    assertThat(StepGrid.aligned(65, 65, 10)).isEqualTo(new StepGrid(60, 10, 2));
    assertThat(StepGrid.aligned(0, 60, 20)).isEqualTo(new StepGrid(0, 20, 4));
    assertThat(StepGrid.aligned(-5, -1, 10)).isEqualTo(new StepGrid(-10, 10, 2));
  }

  @Test
  void showsTimesInWholeMilliseconds() {
    assertThat(StepGrid.instant(1_999_999).millis(0)).isEqualTo(1);
    assertThat(StepGrid.instant(-1).millis(0)).isEqualTo(-1);
  }
}
