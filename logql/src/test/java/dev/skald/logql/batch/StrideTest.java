package dev.skald.logql.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StrideTest {
  private final AtomicInteger pauses = new AtomicInteger();

  @Test
  void pausesOnceAfterSoMuchWork() {
    Stride stride = new Stride(pauses::incrementAndGet, 10);
    for (int i = 0; i < 35; i++) {
      stride.step();
    }
    assertThat(pauses).hasValue(3);
    stride.step(4);
    assertThat(pauses).hasValue(3);
    stride.step(1_000_000_000_000L);
    assertThat(pauses).hasValue(4);
  }

  @Test
  void aSortIsLeftInTheMiddle() {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(1));
    AtomicInteger compared = new AtomicInteger();
    Comparator<Integer> counted =
        (a, b) -> {
          compared.incrementAndGet();
          return a.compareTo(b);
        };
    Stride stride =
        new Stride(
            () -> {
              throw new IllegalStateException("enough");
            },
            500);

    assertThatThrownBy(() -> numbers.sort(stride.counting(counted))).hasMessage("enough");

    assertThat(compared.get()).isLessThan(500);
  }
}
