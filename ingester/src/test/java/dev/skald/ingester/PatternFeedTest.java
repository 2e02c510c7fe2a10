package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skald.config.PatternConfig;
import dev.skald.ingester.Entries.Entry;
import dev.skald.ingester.pattern.PatternQuery;
import dev.skald.ingester.pattern.PatternSeries;
import dev.skald.logql.Labels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an ingester hands to the templates. */
final class PatternFeedTest {
  private static final PatternConfig ON =
      new PatternConfig(true, 300, 3000, Duration.ofHours(3), Duration.ofSeconds(10));
  private static final Labels STREAM = Labels.of("app", "a");
  private static final long NOW = 1_000_000_000_000_000L;

  @TempDir private Path directory;

  @Test
  void countsWhatIsStoredByItsDetectedLevel() throws Exception {
    try (IngesterRig rig = new IngesterRig(directory)) {
      rig.patterns = ON;
      rig.start();
      rig.mustPush("t", entry(0, "user anna came", "info"), entry(1, "user bert came", "info"));
      rig.mustPush("t", entry(2, "user carl came", "error"), entry(3, "user dora came", "info"));
      rig.ingester.flush();

      assertThat(series(rig))
          .extracting(PatternSeries::pattern, PatternSeries::level, PatternSeries::lines)
          .containsExactly(
              tuple("user <_> came", "info", 3L), tuple("user carl came", "error", 1L));
    }
  }

  @Test
  void doesNotCountWhatIsRejected() throws Exception {
    try (IngesterRig rig = new IngesterRig(directory)) {
      rig.patterns = ON;
      rig.start();
      rig.mustPush("t", entry(0, "stored", "info"));
      rig.mustPush("t", entry(-4_000_000_000_000L, "rejected", "info"));
      rig.ingester.flush();

      assertThat(series(rig)).extracting(PatternSeries::pattern).containsExactly("stored");
    }
  }

  @Test
  void doesNotCountWhatCouldNotBeLogged() throws Exception {
    try (IngesterRig rig = new IngesterRig(directory)) {
      rig.patterns = ON;
      rig.start();
      rig.logs.syncFails = true;
      assertThat(rig.push("t", entry(0, "lost", "info"))).failsWithin(Duration.ofSeconds(10));
      rig.logs.syncFails = false;
      rig.mustPush("t", entry(1, "stored", "info"));
      rig.ingester.flush();

      assertThat(series(rig)).extracting(PatternSeries::pattern).containsExactly("stored");
    }
  }

  @Test
  void keepsNothingUnlessItIsSwitchedOn() throws Exception {
    try (IngesterRig rig = new IngesterRig(directory)) {
      rig.start();
      rig.mustPush("t", entry(0, "stored", "info"));

      assertThat(rig.ingester.patterns().enabled()).isFalse();
      assertThat(series(rig)).isEmpty();
    }
  }

  private static Entry entry(long after, String line, String level) {
    return new Entry(STREAM, NOW + after, line, Map.of("detected_level", level, "pod", "p"));
  }

  private static List<PatternSeries> series(IngesterRig rig) {
    PatternQuery all = new PatternQuery("t", List.of(), 0, Long.MAX_VALUE, 10_000_000_000L);
    return rig.ingester.patterns().query(all, NOW);
  }
}
