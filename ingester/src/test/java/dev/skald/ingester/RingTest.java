package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RingTest {
  @Test
  void spreadsStreamsEvenlyAndMovesFewWhenAShardIsAdded() {
    Random random = new Random(1);
    int[] streams = new int[5];
    int moved = 0;
    for (int i = 0; i < 10_000; i++) {
      long hash = random.nextLong();
      int before = new Ring(4).shard(hash);
      int after = new Ring(5).shard(hash);
      streams[after]++;
      moved += before == after ? 0 : 1;
      assertThat(after == before || after == 4).isTrue();
    }
    assertThat(moved).isBetween(1800, 2200);
    for (int count : streams) {
      assertThat(count).isBetween(1800, 2200);
    }
  }
}
