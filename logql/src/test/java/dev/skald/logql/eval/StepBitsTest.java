package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StepBitsTest {
  @Test
  void findsStepsAcrossWords() {
    StepBits bits = new StepBits(200);
    bits.set(3);
    bits.set(64);
    bits.set(199);

    assertThat(bits.next(0)).isEqualTo(3);
    assertThat(bits.next(4)).isEqualTo(64);
    assertThat(bits.next(65)).isEqualTo(199);
    assertThat(bits.next(200)).isEqualTo(-1);
    assertThat(bits.next(1000)).isEqualTo(-1);
  }

  @Test
  void tellsWhetherAStepWasThere() {
    StepBits bits = new StepBits(1);

    assertThat(bits.testAndSet(0)).isFalse();
    assertThat(bits.testAndSet(0)).isTrue();
  }

  @Test
  void holdsNothingOverNoSteps() {
    assertThat(new StepBits(0).next(0)).isEqualTo(-1);
  }
}
