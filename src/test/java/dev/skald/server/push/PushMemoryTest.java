package dev.skald.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
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
            grant -> {
              limits.add(grant.decompressor().maxBytes());
              return grant.decompressor().snappy(packed);
            });
    assertThat(whole).hasSize(5_000_000);
    assertThat(limits).hasSize(2).isSorted();
  }

  @Test
  void refusesWhatIsLargerThanAllOfIt() throws Exception {
    byte[] packed = Snappy.compress(new byte[CAPACITY + 1]);
    assertThatThrownBy(
            () -> memory.run(packed.length, true, grant -> grant.decompressor().snappy(packed)))
        .hasMessage(
            "decompressed message size too large than max (%d vs %d)"
                .formatted(CAPACITY + 1, CAPACITY));
    String all = memory.run(CAPACITY, false, grant -> "all of it");
    assertThat(all).isEqualTo("all of it");
  }

  @Test
  void keepsTheLimitOfOnePush() throws Exception {
    PushMemory small = new PushMemory(CAPACITY, 1000);
    byte[] packed = Snappy.compress(new byte[1001]);
    assertThatThrownBy(
            () -> small.run(packed.length, true, grant -> grant.decompressor().snappy(packed)))
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
                        grant -> {
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

  @Test
  void countsWhatIsMadeOfABody() throws Exception {
    List<Integer> granted = new ArrayList<>();
    String done =
        memory.run(
            100,
            true,
            grant -> {
              granted.add(grant.decompressor().maxBytes());
              grant.take(3_000_000);
              return "done";
            });
    assertThat(done).isEqualTo("done");
    assertThat(granted).hasSize(1);
    assertThatThrownBy(() -> memory.run(100, true, grant -> take(grant, CAPACITY + 2_000)))
        .hasMessageStartingWith("request body too large: its streams, entries and labels take");
    assertThat(memory.<String>run(CAPACITY, false, grant -> "all is given back"))
        .isEqualTo("all is given back");
  }

  @Test
  void beginsAgainOrRefusesWhereOthersHaveTheRest() throws Exception {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<String> tries = new CopyOnWriteArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> other =
          threads.submit(
              () ->
                  memory.run(
                      4_000_000,
                      false,
                      grant -> {
                        taken.countDown();
                        release.await();
                        return 0;
                      }));
      taken.await();
      assertThatThrownBy(() -> memory.run(100, false, grant -> take(grant, 5_000_000)))
          .isInstanceOfSatisfying(
              DecodeException.class, e -> assertThat(e.status()).isEqualTo(503));
      Future<Integer> patient =
          threads.submit(
              () ->
                  memory.run(
                      100,
                      true,
                      grant -> {
                        tries.add("try");
                        if (tries.size() == 1) {
                          release.countDown();
                        }
                        return take(grant, 5_000_000);
                      }));
      assertThat(patient.get()).isEqualTo(5_000_000);
      assertThat(other.get()).isZero();
    }
    assertThat(tries).isNotEmpty();
  }

  private static int take(PushGrant grant, int bytes) {
    grant.take(bytes);
    return bytes;
  }
}
