package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SeenValuesTest {
  private final SeenValues seen = new SeenValues();

  @Test
  void countsEachEarlyValueOnceInAnyOrder() {
    for (int id : new int[] {4095, 0, 64, 63, 1000}) {
      assertThat(seen.add(id)).isTrue();
      assertThat(seen.add(id)).isFalse();
    }
    assertThat(seen.add(0)).isFalse();
  }

  @Test
  void countsLaterValuesAsLongAsTheyAscend() {
    assertThat(seen.add(10_000)).isTrue();
    assertThat(seen.add(10_000)).isFalse();
    assertThat(seen.add(20_000)).isTrue();
    assertThat(seen.add(10_000)).isFalse();
    assertThat(seen.add(15_000)).as("missed, as the class says").isFalse();
    assertThat(seen.add(5)).isTrue();
  }
}
