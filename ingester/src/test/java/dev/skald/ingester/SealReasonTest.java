package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.ingester.Entries.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every stream of a sealed head is counted under the reason of the seal. */
final class SealReasonTest {
  @TempDir Path directory;
  private final List<SealReason> sealed = new CopyOnWriteArrayList<>();
  private IngesterRig rig;
  private volatile int lastEntries;
  private volatile long lastAge;

  @BeforeEach
  void prepare() {
    rig = new IngesterRig(directory);
    rig.shards = 1;
    rig.listener =
        new IngesterListener() {
          @Override
          public void sealed(String tenant, SealReason why, int entries, long ageNanos) {
            assertThat(tenant).isEqualTo("t");
            sealed.add(why);
            lastEntries = entries;
            lastAge = ageNanos;
          }
        };
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
  }

  private void push(int times, int bytes) throws Exception {
    for (int i = 0; i < times; i++) {
      rig.mustPush("t", new Entry("a", i, i + "x".repeat(bytes)), new Entry("b", i, "y"));
    }
  }

  private Map<SealReason, Long> counted() {
    return sealed.stream().collect(Collectors.groupingBy(reason -> reason, Collectors.counting()));
  }

  @Test
  void aHeadIsFull() throws Exception {
    rig.start();
    push(12, 100_000);
    assertThat(counted()).isEqualTo(Map.of(SealReason.FULL, 2L));
  }

  @Test
  void aHeadIsOld() throws Exception {
    rig.start();
    push(1, 1);
    push(3, 1);
    rig.now = rig.now.plusSeconds(300);
    rig.ingester.tick(rig.now);
    push(1, 1);
    assertThat(counted()).isEqualTo(Map.of(SealReason.MAX_AGE, 2L));
    assertThat(lastEntries).isEqualTo(3);
    assertThat(Duration.ofNanos(lastAge)).isEqualTo(Duration.ofSeconds(300));
  }

  @Test
  void aHeadIsIdle() throws Exception {
    rig.sealAfter = Duration.ofHours(1);
    rig.start();
    push(1, 1);
    rig.ingester.tick(rig.now.plusSeconds(1800));
    push(1, 1);
    assertThat(counted()).isEqualTo(Map.of(SealReason.IDLE, 2L));
  }

  @Test
  void somebodyAsksForIt() throws Exception {
    rig.start();
    push(1, 1);
    rig.ingester.flush();
    assertThat(counted()).isEqualTo(Map.of(SealReason.FORCED, 2L));
  }

  @Test
  void memoryIsShort() throws Exception {
    rig.sealBytes = 1 << 30;
    rig.memoryLimit = 16 << 20;
    rig.start();
    push(100, 100_000);
    assertThat(counted()).containsOnlyKeys(SealReason.MEMORY);
  }

  @Test
  void theLogCannotBeWritten() throws Exception {
    rig.start();
    push(1, 1);
    rig.faults.fail(rig.faults.operations(), 1, false);
    assertThat(rig.push("t", new Entry("a", 5, "lost"))).failsWithin(Duration.ofSeconds(10));
    push(1, 1);
    assertThat(counted()).isEqualTo(Map.of(SealReason.LOG_FAILED, 2L));
  }

  @Test
  void aLogIsReplayed() throws Exception {
    rig.start();
    push(1, 1);
    rig.crashAndStart();
    rig.ingester.flush();
    assertThat(counted()).isEqualTo(Map.of(SealReason.REPLAYED, 2L));
  }
}
