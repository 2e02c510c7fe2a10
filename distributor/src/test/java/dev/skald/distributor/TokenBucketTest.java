package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {
  private Instant now = Instant.EPOCH;
  private final TokenBucket bucket = new TokenBucket(() -> now, 100);

  private boolean take(double wanted) {
    return bucket.take(wanted, 10, 100);
  }

  @Test
  void holdsABurstFromTheStart() {
    assertThat(take(100)).isTrue();
    assertThat(take(1)).isFalse();
  }

  @Test
  void takesNothingWhereThereIsNotEnough() {
    assertThat(take(101)).isFalse();
    assertThat(take(100)).isTrue();
  }

  @Test
  void fillsUpAtItsRateAndNoFurther() {
    take(100);
    now = now.plusMillis(500);
    assertThat(take(6)).isFalse();
    assertThat(take(5)).isTrue();
    now = now.plusSeconds(1000);
    assertThat(take(101)).isFalse();
    assertThat(take(100)).isTrue();
  }

  @Test
  void goesOnAtItsRateAfterTheClockWasSetBack() {
    take(100);
    now = now.minusSeconds(3600);
    assertThat(take(1)).isFalse();
    now = now.plusSeconds(1);
    assertThat(take(11)).isFalse();
    assertThat(take(10)).isTrue();
  }

  @Test
  void isAsGoodAsNewOnceItIsFull() {
    assertThat(bucket.isFull()).isTrue();
    take(50);
    now = now.plusMillis(4_999);
    assertThat(bucket.isFull()).isFalse();
    now = now.plusMillis(1);
    assertThat(bucket.isFull()).isTrue();
    take(101);
    assertThat(bucket.isFull()).isTrue();
  }
}
