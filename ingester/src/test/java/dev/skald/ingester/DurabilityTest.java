package dev.skald.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.ingester.Entries.Entry;
import dev.skald.logql.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing acknowledged is lost, and nothing is there twice, whatever happens when. */
final class DurabilityTest {
  @TempDir Path directory;
  @TempDir Path other;
  private IngesterRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new IngesterRig(directory);
    rig.shards = 1;
    rig.start();
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
  }

  @Test
  void givesBackEveryAcceptedEntryAfterACrash() throws Exception {
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Entry entry = new Entry(Labels.of("app", "a" + i % 5), i, "x" + i, Map.of("k", "v" + i % 3));
      rig.mustPush("t", entry);
      all.add(entry);
    }
    rig.shards = 3;
    rig.crashAndStart();
    assertThat(rig.visible("t")).containsExactlyInAnyOrderElementsOf(all);
    rig.crashAndStart();
    assertThat(rig.visible("t")).containsExactlyInAnyOrderElementsOf(all);
    assertThat(rig.logs.numbers()).isEmpty();
  }

  @Test
  void knowsAnEntryThatIsSentAgainAfterAReplay() throws Exception {
    Entry entry = new Entry("a", 1, "x");
    rig.mustPush("t", entry);
    rig.crashAndStart();
    rig.mustPush("t", entry);
    assertThat(rig.visible("t")).containsExactly(entry);
  }

  @Test
  void keepsEveryRecordBeforeACutAtAnyByteOfTheLog() throws Exception {
    List<Entry> all = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(new Entry("a", i, "line " + i));
      rig.mustPush("t", all.getLast());
      ends.add(Files.size(logFile()));
    }
    byte[] whole = Files.readAllBytes(logFile());
    for (int cut = 0; cut <= whole.length; cut++) {
      int kept = 0;
      while (kept < ends.size() && ends.get(kept) <= cut) {
        kept++;
      }
      Path copy = Files.createDirectory(other.resolve("cut-" + cut));
      Files.write(copy.resolve(logFile().getFileName()), Arrays.copyOf(whole, cut));
      try (IngesterRig second = new IngesterRig(copy)) {
        second.start();
        assertThat(second.visible("t")).containsExactlyInAnyOrderElementsOf(all.subList(0, kept));
        assertThat(second.logs.numbers()).isEmpty();
      }
    }
  }

  @Test
  void putsALogWithABadRecordAsideAndKeepsTheOthers() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "one"));
    int end = (int) Files.size(logFile());
    rig.mustPush("t", new Entry("a", 2, "two"));
    rig.mustPush("t", new Entry("a", 3, "three"));
    Path file = logFile();
    byte[] bytes = Files.readAllBytes(file);
    bytes[end + 20] ^= 1;
    Files.write(file, bytes);
    rig.crashAndStart();
    assertThat(rig.visible("t")).extracting(Entry::line).containsExactly("one", "three");
    assertThat(rig.ingester.stats().walCorruptionsTotal()).isEqualTo(1);
    assertThat(Path.of(file + ".corrupt")).hasBinaryContent(bytes);
    rig.crashAndStart();
    assertThat(rig.visible("t")).hasSize(2);
  }

  @Test
  void deletesTheLogOfAHeadThatWasSealedJustBeforeTheCrash() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.storage.dieAfterSeal();
    assertThatThrownBy(rig.ingester::flush).isInstanceOf(IOException.class);
    assertThat(rig.visible("t")).hasSize(1);
    assertThat(rig.logs.numbers()).hasSize(1);
    rig.storage.recover();
    rig.crashAndStart();
    assertThat(rig.visible("t")).hasSize(1);
    assertThat(rig.logs.numbers()).isEmpty();
  }

  @Test
  void replaysTheLogOfAHeadWhoseSealFailedBeforeTheCrash() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "x"));
    rig.storage.failNext(1);
    assertThatThrownBy(rig.ingester::flush).isInstanceOf(IOException.class);
    rig.storage.recover();
    rig.crashAndStart();
    assertThat(rig.storage.entries("t")).hasSize(1);
  }

  @Test
  void refusesPushesWhileTheDiskIsFullAndRecoversByItself() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "before"));
    rig.logs.bytesLeft = 10;
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> rig.mustPush("t", new Entry("a", 2, "x".repeat(1000))))
          .hasCauseInstanceOf(WriteUnavailableException.class);
    }
    assertThat(rig.visible("t")).extracting(Entry::line).containsExactly("before");
    rig.logs.bytesLeft = Long.MAX_VALUE;
    rig.mustPush("t", new Entry("a", 2, "after"));
    assertThat(rig.visible("t")).extracting(Entry::line).containsExactly("before", "after");
    rig.crashAndStart();
    assertThat(rig.visible("t")).extracting(Entry::line).containsExactly("before", "after");
    assertThat(rig.ingester.stats().walCorruptionsTotal()).isZero();
  }

  @Test
  void takesBackAPushWhoseSyncFailed() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "before"));
    rig.logs.syncFails = true;
    Entry entry = new Entry("a", 2, "again");
    assertThatThrownBy(() -> rig.mustPush("t", entry))
        .hasCauseInstanceOf(WriteUnavailableException.class);
    assertThat(rig.visible("t")).extracting(Entry::line).containsExactly("before");
    rig.logs.syncFails = false;
    rig.mustPush("t", entry);
    rig.crashAndStart();
    assertThat(rig.visible("t")).extracting(Entry::line).containsExactly("before", "again");
  }

  @Test
  void writesNoMoreToAFileWhoseFirstSyncFailed() throws Exception {
    rig.logs.syncFails = true;
    assertThatThrownBy(() -> rig.mustPush("t", new Entry("a", 1, "refused")))
        .hasCauseInstanceOf(WriteUnavailableException.class);
    rig.logs.syncFails = false;
    rig.mustPush("t", new Entry("a", 1, "stored"));
    assertThat(rig.logs.numbers()).containsExactly(1L);
    rig.crashAndStart();
    assertThat(rig.visible("t")).extracting(Entry::line).containsExactly("stored");
    assertThat(rig.ingester.stats().walCorruptionsTotal()).isZero();
  }

  @Test
  void writesNoMoreToAFileThatARecordDidNotFitIn() throws Exception {
    rig.mustPush("t", new Entry("a", 1, "before"));
    rig.logs.bytesLeft = 300_000;
    assertThatThrownBy(() -> rig.mustPush("t", new Entry("a", 2, "x".repeat(600_000))))
        .hasCauseInstanceOf(WriteUnavailableException.class);
    rig.logs.bytesLeft = Long.MAX_VALUE;
    rig.mustPush("t", new Entry("a", 2, "after"));
    assertThat(rig.storage.entries("t")).extracting(Entry::line).containsExactly("before");
    assertThat(rig.visible("t")).extracting(Entry::line).containsExactly("before", "after");
  }

  @Test
  void aRefusedPushDoesNotMoveTheWindowOfItsStream() throws Exception {
    Entry[] push = {new Entry("a", 1, "x"), new Entry("a", Duration.ofDays(9).toNanos(), "y")};
    rig.logs.bytesLeft = 0;
    assertThatThrownBy(() -> rig.mustPush("t", push))
        .hasCauseInstanceOf(WriteUnavailableException.class);
    rig.logs.bytesLeft = Long.MAX_VALUE;
    assertThat(rig.mustPush("t", push[0]).accepted()).isTrue();
    Entry large = new Entry("a", Duration.ofDays(9).toNanos(), "x".repeat(600_000));
    rig.logs.bytesLeft = 300_000;
    assertThatThrownBy(() -> rig.mustPush("t", large))
        .hasCauseInstanceOf(WriteUnavailableException.class);
    rig.logs.bytesLeft = Long.MAX_VALUE;
    assertThat(rig.mustPush("t", new Entry("a", 2, "z")).accepted()).isTrue();
  }

  @Test
  void anEntryThatIsSentAgainAfterTheSealIsNotThereTwiceAfterACrash() throws Exception {
    Entry entry = new Entry("a", 1, "x");
    Entry other = new Entry("a", 1, "y");
    rig.mustPush("t", entry);
    rig.ingester.flush();
    rig.mustPush("t", entry, other);
    rig.mustPush("t", entry);
    rig.crashAndStart();
    assertThat(rig.visible("t")).containsExactlyInAnyOrder(entry, other);
  }

  @Test
  void theLogDoesNotGrowByEntriesThatAreSentAgain() throws Exception {
    Entry entry = new Entry("a", 1, "x");
    rig.mustPush("t", entry);
    long size = Files.size(logFile());
    rig.mustPush("t", entry);
    assertThat(logFile()).hasSize(size);
  }

  @Test
  void aLogThatCannotBeReadDoesNotCostTheNextOne() throws Exception {
    rig.storage.failNext(1);
    rig.mustPush("t", new Entry("a", 1, "one"));
    rig.mustPush("t", new Entry("a", 2, "two"));
    assertThatThrownBy(rig.ingester::flush).isInstanceOf(IOException.class);
    rig.mustPush("t", new Entry("a", 3, "three"));
    rig.logs.badNumber = 0;
    rig.logs.badFrom = 60;
    rig.crashAndStart();
    assertThat(rig.visible("t")).extracting(Entry::line).containsExactly("three");
    rig.mustPush("t", new Entry("a", 4, "four"));
    rig.logs.badNumber = -1;
    rig.crashAndStart();
    assertThat(rig.visible("t"))
        .extracting(Entry::line)
        .containsExactlyInAnyOrder("one", "two", "three", "four");
  }

  @Test
  void refusesPushesAboveTheShareOfTheDiskThatIsAllowed() throws Exception {
    rig.logs.used = 0.95;
    rig.ingester.tick(rig.now);
    assertThatThrownBy(() -> rig.mustPush("t", new Entry("a", 1, "x")))
        .hasCauseInstanceOf(WriteUnavailableException.class);
    rig.logs.used = 0.5;
    rig.ingester.tick(rig.now);
    assertThat(rig.mustPush("t", new Entry("a", 1, "x")).accepted()).isTrue();
  }

  private Path logFile() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(path -> path.toString().endsWith(".wal")).findFirst().orElseThrow();
    }
  }
}
