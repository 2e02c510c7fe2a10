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
