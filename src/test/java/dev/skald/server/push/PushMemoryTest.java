package dev.skald.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

final class PushMemoryTest {
  private static final int CAPACITY = 10_000_000;

  private final PushMemory memory = new PushMemory(CAPACITY, Long.MAX_VALUE);

  @Test
  void beginsAgainWithMoreWhereTheGuessWasTooSmall() throws Exception {
    byte[] packed = Snappy.compress(new byte[5_000_000]);
    List<Integer> limits = new ArrayList<>();
    byte[] whole =
        memory.run(
            packed.length,
            true,
            decompressor -> {
              limits.add(decompressor.maxBytes());
              return decompressor.snappy(packed);
            });
    assertThat(whole).hasSize(5_000_000);
    assertThat(limits).hasSize(2).isSorted();
  }

  @Test
  void refusesWhatIsLargerThanAllOfIt() throws Exception {
    byte[] packed = Snappy.compress(new byte[CAPACITY + 1]);
    assertThatThrownBy(() -> memory.run(packed.length, true, d -> d.snappy(packed)))
        .hasMessage(
            "decompressed message size too large than max (%d vs %d)"
                .formatted(CAPACITY + 1, CAPACITY));
    String all = memory.run(CAPACITY, false, decompressor -> "all of it");
    assertThat(all).isEqualTo("all of it");
  }

  @Test
  void keepsTheLimitOfOnePush() throws Exception {
    PushMemory small = new PushMemory(CAPACITY, 1000);
    byte[] packed = Snappy.compress(new byte[1001]);
    assertThatThrownBy(() -> small.run(packed.length, true, d -> d.snappy(packed)))
        .hasMessage("decompressed message size too large than max (1001 vs 1000)");
    assertThat(small.maxBody(CAPACITY * 2)).isEqualTo(CAPACITY);
    assertThat(small.maxBody(100)).isEqualTo(100);
  }

  @Test
  void letsLargePushesWaitForEachOther() throws Exception {
    AtomicInteger held = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Future<Integer>> pushes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        int size = 1_000_000 + i * 10_000;
        pushes.add(
            threads.submit(
                () ->
                    memory.run(
                        size,
                        false,
                        decompressor -> {
                          most.accumulateAndGet(held.addAndGet(size), Math::max);
                          Thread.yield();
                          return held.addAndGet(-size);
                        })));
      }
    }
    for (Future<Integer> push : pushes) {
      push.get();
    }
    assertThat(most.get()).isLessThanOrEqualTo(CAPACITY + 1024);
  }
}
