package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.IngestLimits;
import dev.skald.ingester.Entries.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clock of the machine is set back while the ingester runs. */
final class ClockJumpTest {
  private static final Duration BACK = Duration.ofDays(400);

  @TempDir Path directory;
  private IngesterRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new IngesterRig(directory);
    rig.now = rig.now.plus(BACK.multipliedBy(10));
    rig.shards = 1;
    rig.start();
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
  }

  @Test
  void doesNotSpendTheBudgetOfAStream() throws Exception {
    rig.limits = IngesterTest.limits(0, true, 10, 20);
    rig.mustPush("t", new Entry("a", 1, "x".repeat(15)));
    rig.now = rig.now.minus(BACK);
    assertThat(rig.mustPush("t", new Entry("a", 2, "y".repeat(5))).accepted()).isTrue();
    rig.now = rig.now.plusSeconds(1);
    assertThat(rig.mustPush("t", new Entry("a", 3, "z".repeat(10))).accepted()).isTrue();
  }

  @Test
  void stillSealsTheHeadThatIsOpen() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.now = rig.now.minus(BACK);
    rig.ingester.tick(rig.now);
    rig.mustPush("t", new Entry("a", 2, "y"));
    assertThat(rig.storage.entries("t")).hasSize(1);
  }

  @Test
  void goesOnThroughAnyJumps() throws Exception {
    Duration[] jumps = {
      Duration.ofHours(5), Duration.ofHours(-9), Duration.ofMinutes(-20), Duration.ofDays(400),
      Duration.ofMinutes(3), Duration.ofDays(-400), Duration.ofHours(-2), Duration.ofSeconds(1),
    };
    for (int i = 0; i < 80; i++) {
      rig.now = rig.now.plus(jumps[i % jumps.length]);
      rig.ingester.tick(rig.now);
      assertThat(rig.mustPush("t", new Entry("a", i, "x" + i)).accepted()).isTrue();
    }
    assertThat(rig.visible("t")).hasSize(80).doesNotHaveDuplicates();
    rig.now = rig.now.plus(Duration.ofMinutes(6));
    rig.ingester.tick(rig.now);
    rig.mustPush("t", new Entry("b", 1, "the shard has done what was due"));
    assertThat(rig.storage.entries("t")).hasSize(80);
    assertThat(rig.logs.numbers()).hasSize(1);
  }

  @Test
  void aStreamGetsNoMoreThanItsBurstWhenTheClockRunsAhead() throws Exception {
    rig.limits = IngesterTest.limits(0, true, 10, 20);
    rig.mustPush("t", new Entry("a", 1, "x".repeat(20)));
    rig.now = rig.now.plus(BACK);
    assertThat(rig.mustPush("t", new Entry("a", 2, "y".repeat(20))).accepted()).isTrue();
    assertThat(rig.mustPush("t", new Entry("a", 3, "z")).accepted()).isFalse();
  }

  @Test
  void failedSealsAreTriedAgainWhateverTheClockSays() throws Exception {
    rig.storage.failNext(2);
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.now = rig.now.minus(BACK);
    rig.ingester.tick(rig.now);
    rig.mustPush("t", new Entry("a", 2, "y"));
    rig.ingester.tick(rig.now);
    rig.nanosAhead += Duration.ofSeconds(2).toNanos();
    rig.ingester.tick(rig.now);
    assertThat(rig.storage.entries("t")).hasSize(1);
  }

  @Test
  void stillForgetsStreamsThatAreIdle() throws Exception {
    rig.limits = IngestLimits.defaults();
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.ingester.flush();
    rig.now = rig.now.minus(BACK);
    rig.ingester.tick(rig.now);
    rig.mustPush("u", new Entry("a", 1, "x"));
    assertThat(rig.ingester.stats().memoryStreams()).containsOnlyKeys("u");
  }
}
