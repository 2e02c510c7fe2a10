package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.IngestLimits;
import dev.skald.ingester.Entries.Entry;
import dev.skald.ingester.PushResult.Reason;
import dev.skald.ingester.PushResult.RejectedEntry;
import dev.skald.ingester.PushResult.StreamRejection;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.wal.PushRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngesterTest {
  private static final long HOUR = Duration.ofHours(1).toNanos();

  @TempDir Path directory;
  private IngesterRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new IngesterRig(directory).start();
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
  }

  @Test
  void showsAnEntryAsSoonAsItIsAccepted() throws Exception {
    Entry entry = new Entry("a", 5, "x");
    assertThat(rig.mustPush("t", entry).accepted()).isTrue();
    assertThat(rig.visible("t")).containsExactly(entry);
  }

  @Test
  void rejectsEntriesOlderThanTheWindowAndStoresTheRest() throws Exception {
    Entry newest = new Entry("a", 10 * HOUR, "newest");
    Entry oldest = new Entry("a", 9 * HOUR, "oldest");
    Entry tooOld = new Entry("a", 9 * HOUR - 1, "too old");
    PushResult result = rig.mustPush("t", newest, tooOld, oldest);
    RejectedEntry rejected = new RejectedEntry(9 * HOUR - 1, 7, Reason.TOO_FAR_BEHIND, 9 * HOUR);
    assertThat(result.rejections())
        .containsExactly(new StreamRejection("{app=\"a\"}", 3, List.of(rejected)));
    assertThat(rig.visible("t")).containsExactlyInAnyOrder(newest, oldest);
  }

  @Test
  void keepsTheWindowOfAStreamAfterItsHeadIsSealed() throws Exception {
    rig.mustPush("t", new Entry("a", 10 * HOUR, "newest"));
    rig.ingester.flush();
    assertThat(rig.mustPush("t", new Entry("a", 1, "too old")).accepted()).isFalse();
    assertThat(rig.mustPush("t", new Entry("b", 1, "first of its stream")).accepted()).isTrue();
  }

  @Test
  void rejectsEveryStepBackWhereOrderIsDemanded() throws Exception {
    rig.limits = limits(0, false, 0, 0);
    rig.mustPush("t", new Entry("a", 10, "x"));
    PushResult result = rig.mustPush("t", new Entry("a", 9, "back"), new Entry("a", 10, "same"));
    assertThat(result.rejections().getFirst().entries())
        .containsExactly(new RejectedEntry(9, 4, Reason.OUT_OF_ORDER, 10));
  }

  @Test
  void rejectsANewStreamAboveTheLimitOfTheTenant() throws Exception {
    rig.limits = limits(2, true, 0, 0);
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.mustPush("t", new Entry("b", 1, "x"));
    PushResult result = rig.mustPush("t", new Entry("c", 1, "x"));
    assertThat(result.rejections().getFirst().entries())
        .containsExactly(new RejectedEntry(1, 1, Reason.STREAM_LIMIT, 2));
    assertThat(rig.mustPush("t", new Entry("a", 2, "x")).accepted()).isTrue();
    assertThat(rig.mustPush("other", new Entry("c", 2, "x")).accepted()).isTrue();
    assertThat(rig.ingester.stats().memoryStreams()).containsEntry("t", 2);
  }

  @Test
  void rejectsWhatExceedsTheRateOfAStream() throws Exception {
    rig.limits = limits(0, true, 10, 20);
    PushResult result =
        rig.mustPush("t", new Entry("a", 1, "x".repeat(15)), new Entry("a", 2, "y".repeat(10)));
    assertThat(result.rejections().getFirst().entries())
        .containsExactly(new RejectedEntry(2, 10, Reason.PER_STREAM_RATE_LIMIT, 10));
    rig.now = rig.now.plusSeconds(1);
    assertThat(rig.mustPush("t", new Entry("a", 2, "y".repeat(10))).accepted()).isTrue();
  }

  @Test
  void sealsAHeadThatIsFullAndDeletesItsLog() throws Exception {
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Entry entry = new Entry("a", i, i + "x".repeat(100_000));
      all.add(entry);
      rig.mustPush("t", entry);
    }
    rig.mustPush("t", new Entry("a", 99, "last"));
    all.add(new Entry("a", 99, "last"));
    assertThat(rig.storage.sealed()).hasSizeGreaterThan(2);
    assertThat(rig.visible("t")).containsExactlyInAnyOrderElementsOf(all);
    assertThat(rig.logs.numbers()).hasSize(1);
    rig.ingester.tick(rig.now);
    assertThat(rig.storage.forgotten()).isEqualTo(rig.storage.sealed());
  }

  @Test
  void sealsAHeadThatIsOld() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.ingester.tick(rig.now.plusSeconds(299));
    rig.mustPush("t", new Entry("a", 2, "y"));
    assertThat(rig.storage.sealed()).isEmpty();
    rig.ingester.tick(rig.now.plusSeconds(300));
    rig.mustPush("t", new Entry("a", 3, "z"));
    assertThat(rig.storage.entries("t")).hasSize(2);
    assertThat(rig.visible("t")).hasSize(3);
  }

  @Test
  void sealsEverythingOnFlush() throws Exception {
    for (int i = 0; i < 10; i++) {
      rig.mustPush("t", new Entry("a" + i, 1, "x"));
    }
    rig.ingester.flush();
    assertThat(rig.storage.entries("t")).hasSize(10);
    assertThat(rig.logs.numbers()).isEmpty();
    assertThat(rig.ingester.heads("t")).isEmpty();
  }

  @Test
  void knowsAnEntryThatIsSentAgainAfterTheSeal() throws Exception {
    Entry entry = new Entry("a", 1, "x");
    Entry other = new Entry("a", 1, "y");
    rig.mustPush("t", entry);
    rig.ingester.flush();
    rig.mustPush("t", entry, other);
    assertThat(rig.visible("t")).containsExactlyInAnyOrder(entry, other);
  }

  @Test
  void keepsAHeadReadableUntilTheSealWorks() throws Exception {
    rig.storage.failNext(1);
    rig.mustPush("t", new Entry("a", 1, "x"));
    assertThatThrownBy(rig.ingester::flush)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot seal head ");
    assertThat(rig.visible("t")).hasSize(1);
    assertThat(rig.logs.numbers()).hasSize(1);
    rig.ingester.flush();
    assertThat(rig.storage.entries("t")).hasSize(1);
    assertThat(rig.logs.numbers()).isEmpty();
  }

  @Test
  void forgetsStreamsThatAreIdle() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    rig.shards = 1;
    rig.listener =
        new IngesterListener() {
          @Override
          public void created(String tenant) {
            told.add(tenant + " has one more");
          }

          @Override
          public void removed(String tenant, int streams) {
            told.add(tenant + " has " + streams + " fewer");
          }
        };
    rig.crashAndStart();
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.mustPush("t", new Entry("a", 1, "y"), new Entry("b", 1, "x"));
    rig.ingester.flush();
    rig.ingester.tick(rig.now.plusSeconds(3600));
    rig.mustPush("u", new Entry("a", 1, "x"));
    assertThat(rig.ingester.stats().memoryStreams()).containsOnlyKeys("u");
    assertThat(told)
        .containsExactly("t has one more", "t has one more", "t has 2 fewer", "u has one more");
  }

  @Test
  void refusesARecordThatTheLogWouldNotTakeWithoutHarmToOthers() throws Exception {
    int length = PushRecord.MAX_BYTES + 1;
    CompletableFuture<PushResult> large =
        rig.ingester.push(0, new PushRecord(new byte[length], length));
    assertThatThrownBy(large::get).hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(rig.mustPush("t", new Entry("a", 1, "x")).accepted()).isTrue();
    assertThat(rig.ingester.stats().walWriteFailuresTotal()).isZero();
  }

  @Test
  void refusesPushesAfterItIsClosed() throws Exception {
    rig.ingester.close();
    assertThatThrownBy(() -> rig.mustPush("t", new Entry("a", 1, "x")))
        .hasCauseInstanceOf(WriteUnavailableException.class)
        .hasMessageContaining("Ingester is shutting down");
  }

  @Test
  void neverGivesANumberTwice() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.ingester.flush();
    List<HeadId> before = List.copyOf(rig.storage.sealed());
    rig.crashAndStart();
    rig.mustPush("t", new Entry("a", 2, "x"));
    rig.ingester.flush();
    assertThat(rig.storage.sealed()).hasSize(2).containsAll(before);
  }

  static IngestLimits limits(int streams, boolean unordered, long rate, long burst) {
    IngestLimits d = IngestLimits.defaults();
    return new IngestLimits(
        d.ingestionRate(),
        d.ingestionBurst(),
        d.maxLabelNameLength(),
        d.maxLabelValueLength(),
        d.maxLabelNamesPerSeries(),
        d.rejectOldSamples(),
        d.rejectOldSamplesMaxAge(),
        d.creationGracePeriod(),
        d.maxLineSize(),
        d.maxLineSizeTruncate(),
        d.maxLineSizeTruncateIdentifier(),
        d.incrementDuplicateTimestamp(),
        d.discoverServiceName(),
        d.discoverLogLevels(),
        d.logLevelFields(),
        d.logLevelFromJsonMaxDepth(),
        streams,
        unordered,
        rate,
        burst,
        d.allowStructuredMetadata(),
        d.maxStructuredMetadataSize(),
        d.maxStructuredMetadataEntriesCount());
  }
}
