package dev.skald.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.StreamStats;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.object.FilesystemStore;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorageTest {
  private static final Labels A = Labels.of("app", "a");
  private static final Labels B = Labels.of("app", "b", "env", "prod");
  private static final long DAY = 86_400_000_000_000L;
  private static final long NOON = 20_000 * DAY + DAY / 2;

  @TempDir Path directory;

  private static final List<TestEntry> TEAM_A =
      List.of(
          TestEntry.of(A, NOON, "one", Map.of("level", "info")),
          TestEntry.of(B, NOON + 1, "two", Map.of()),
          TestEntry.of(A, NOON + DAY, "next day", Map.of()));
  private static final List<TestEntry> TEAM_B = List.of(TestEntry.of(A, NOON, "b", Map.of()));

  private Storage open() throws IOException {
    return Storage.open(StorageOptions.in(directory));
  }

  private static Map<String, Batch> bothTeams() {
    return Map.of("team-a", Batches.of(TEAM_A), "team-b", Batches.of(TEAM_B));
  }

  private static List<TestEntry> entries(StorageSnapshot snapshot, String tenant) {
    return Batches.sorted(Batches.read(snapshot.entries(tenant).select(Batches.EVERYTHING)));
  }

  @Test
  void givesBackWhatWasSealedTenantByTenant() throws IOException {
    try (Storage storage = open()) {
      storage.seal(new HeadId(0), bothTeams());
      StorageSnapshot snapshot = storage.snapshot();
      assertThat(snapshot.sealed(new HeadId(0))).isTrue();
      assertThat(snapshot.sealed(new HeadId(1))).isFalse();
      assertThat(entries(snapshot, "team-a")).isEqualTo(Batches.sorted(TEAM_A));
      assertThat(entries(snapshot, "team-b")).isEqualTo(TEAM_B);
      assertThat(entries(snapshot, "nobody")).isEmpty();
    }
  }

  @Test
  void keepsEverythingAcrossARestart() throws IOException {
    try (Storage storage = open()) {
      storage.seal(new HeadId(7), bothTeams());
    }
    try (Storage storage = open()) {
      assertThat(storage.nextHeadNumber()).isEqualTo(8);
      assertThat(storage.snapshot().sealed(new HeadId(7))).isTrue();
      assertThat(entries(storage.snapshot(), "team-a")).isEqualTo(Batches.sorted(TEAM_A));
    }
  }

  @Test
  void anOlderSnapshotDoesNotSeeLaterSeals() throws IOException {
    try (Storage storage = open()) {
      StorageSnapshot before = storage.snapshot();
      storage.seal(new HeadId(0), bothTeams());
      assertThat(before.sealed(new HeadId(0))).isFalse();
      assertThat(entries(before, "team-a")).isEmpty();
    }
  }

  @Test
  void sealingAHeadAgainChangesNothing() throws IOException {
    try (Storage storage = open()) {
      storage.seal(new HeadId(0), bothTeams());
      storage.seal(new HeadId(0), bothTeams());
      assertThat(entries(storage.snapshot(), "team-b")).isEqualTo(TEAM_B);
    }
  }

  @Test
  void sealsAnEmptyHead() throws IOException {
    try (Storage storage = open()) {
      storage.seal(new HeadId(0), Map.of());
      assertThat(storage.snapshot().sealed(new HeadId(0))).isTrue();
    }
  }

  @Test
  void forgetsHeadsAtTheNextOpenOnlyAndNeverReusesTheirNumbers() throws IOException {
    try (Storage storage = open()) {
      storage.seal(new HeadId(3), bothTeams());
      storage.forget(List.of(new HeadId(3)));
      assertThat(storage.snapshot().sealed(new HeadId(3))).isTrue();
    }
    for (int restart = 0; restart < 3; restart++) {
      try (Storage storage = open()) {
        assertThat(storage.snapshot().sealed(new HeadId(3))).isFalse();
        assertThat(storage.nextHeadNumber()).isEqualTo(4);
        assertThat(entries(storage.snapshot(), "team-b")).isEqualTo(TEAM_B);
      }
    }
  }

  @Test
  void refusesADirectoryThatIsInUse() throws IOException {
    try (Storage storage = open()) {
      assertThat(storage.nextHeadNumber()).isZero();
      assertThatThrownBy(this::open)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use by another Skald; one at a time may open it");
    }
    open().close();
  }

  @Test
  void leavesADirectoryThatIsInUseAsItIs() throws IOException {
    try (Storage storage = open()) {
      Path unfinished = Files.writeString(directory.resolve("objects/half.tmp"), "half");
      assertThatThrownBy(this::open).isInstanceOf(IOException.class);
      assertThat(unfinished).exists();
      storage.seal(new HeadId(0), bothTeams());
    }
  }

  @Test
  void anEditThatFailsAgainAndAgainLeavesNoMoreSegmentsEachTime() throws IOException {
    MemoryStore store = new MemoryStore();
    try (Storage storage = Storage.open(StorageOptions.in(directory), store)) {
      for (int attempt = 0; attempt < 3; attempt++) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> storage.seal(new HeadId(0), bothTeams()))
            .isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(storage.snapshot().sealed(new HeadId(0))).isFalse();
        assertThat(store.objects).hasSize(3);
      }
      storage.seal(new HeadId(0), bothTeams());
      assertThat(entries(storage.snapshot(), "team-a")).isEqualTo(Batches.sorted(TEAM_A));
      assertThat(store.objects).hasSize(3);
    }
  }

  @Test
  void addsUpAStreamOverSegments() throws IOException {
    try (Storage storage = open()) {
      storage.seal(new HeadId(0), bothTeams());
      storage.seal(
          new HeadId(1),
          Map.of("team-a", Batches.of(List.of(TestEntry.of(A, NOON, "x", Map.of())))));
      List<Matcher> matchers = List.of(new Matcher("app", Matcher.Type.EQUAL, "a"));
      var source = storage.snapshot().entries("team-a");
      assertThat(source.streams(matchers, 0, Long.MAX_VALUE))
          .containsExactly(new StreamStats(A, 3, 3, 3 + 8 + 9 + 8 + 1));
      assertThat(source.streams(matchers, NOON, NOON + DAY - 60_000_000_000L))
          .containsExactly(new StreamStats(A, 2, 2, 3 + 8 + 9 + 1));
      assertThat(source.streams(List.of(), NOON + 2 * DAY, Long.MAX_VALUE)).isEmpty();
    }
  }

  @Test
  void acceptsEveryTenantNameThatLokiDoes() throws IOException {
    Map<String, Batch> byTenant = new HashMap<>();
    List<String> tenants = List.of("fake", "!-_.*'()", "..", ".", "Ünïcode/..", "x".repeat(150));
    tenants.forEach(tenant -> byTenant.put(tenant, Batches.of(TEAM_B)));
    try (Storage storage = open()) {
      storage.seal(new HeadId(0), byTenant);
      for (String tenant : tenants) {
        assertThat(entries(storage.snapshot(), tenant)).isEqualTo(TEAM_B);
      }
    }
  }

  @Test
  void aSealThatFailsAtAnyStepLeavesNothingAndCanBeDoneAgain() throws IOException {
    for (int failing = 0; ; failing++) {
      Path place = directory.resolve("attempt-" + failing);
      FailingStore store = new FailingStore(new FilesystemStore(place.resolve("objects")), failing);
      boolean failed = false;
      try (Storage storage = Storage.open(StorageOptions.in(place), store)) {
        try {
          storage.seal(new HeadId(0), bothTeams());
        } catch (IOException expected) {
          failed = true;
          assertThat(storage.snapshot().sealed(new HeadId(0))).isFalse();
          assertThat(entries(storage.snapshot(), "team-a")).isEmpty();
        }
      } catch (IOException atOpen) {
        failed = true;
      }
      reopenAndSeal(place, !failed);
      if (!failed) {
        assertThat(failing).isGreaterThan(3);
        return;
      }
    }
  }

  private static void reopenAndSeal(Path place, boolean sealed) throws IOException {
    List<TestEntry> all = new ArrayList<>(Batches.sorted(TEAM_A));
    try (Storage storage = Storage.open(StorageOptions.in(place))) {
      assertThat(storage.snapshot().sealed(new HeadId(0))).isEqualTo(sealed);
      storage.seal(new HeadId(0), bothTeams());
      assertThat(entries(storage.snapshot(), "team-a")).isEqualTo(all);
      assertThat(new FilesystemStore(place.resolve("objects")).list("")).hasSize(3);
    }
  }
}
