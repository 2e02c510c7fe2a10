package dev.skald.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.StreamStats;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.object.FilesystemStore;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.object.ObjectStore;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.FaultyStore.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StorageTest {
  private static final Labels A = Labels.of("app", "a");
  private static final Labels B = Labels.of("app", "b", "env", "prod");
  private static final long DAY = 86_400_000_000_000L;
  private static final long NOON = 20_000 * DAY + DAY / 2;

  private static final LogId LOG = new LogId(1, 2);

  @TempDir Path directory;

  private static final List<TestEntry> TEAM_A =
      List.of(
          TestEntry.of(A, NOON, "one", Map.of("level", "info")),
          TestEntry.of(B, NOON + 1, "two", Map.of()),
          TestEntry.of(A, NOON + DAY, "next day", Map.of()));
  private static final List<TestEntry> TEAM_B = List.of(TestEntry.of(A, NOON, "b", Map.of()));

  private Storage open() throws IOException {
    return open(directory, new FilesystemStore(directory));
  }

  private static Storage open(Path directory, ObjectStore store) throws IOException {
    return Storage.open(
        StorageOptions.in(directory), store, new Storage.Writer(LOG, () -> Instant.EPOCH));
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
  void aSealWithTheLeastEffortStoresTheSame() throws IOException {
    try (Storage storage = open()) {
      storage.seal(new HeadId(0), bothTeams(), SealEffort.LEAST);
      assertThat(entries(storage.snapshot(), "team-a")).isEqualTo(Batches.sorted(TEAM_A));
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
      Path unfinished = Files.writeString(directory.resolve("half.tmp"), "half");
      assertThatThrownBy(this::open).isInstanceOf(IOException.class);
      assertThat(unfinished).exists();
      storage.seal(new HeadId(0), bothTeams());
    }
  }

  @Test
  void anEditThatFailsAgainAndAgainLeavesNoMoreSegmentsEachTime() throws IOException {
    MemoryStore objects = new MemoryStore();
    FaultyStore store = new FaultyStore(objects);
    try (Storage storage = open(directory, store)) {
      int segments = 3;
      for (int attempt = 0; attempt < 3; attempt++) {
        store.dieAfter(attempt == 0 ? segments : 0, Fault.BEFORE);
        assertThatThrownBy(() -> storage.seal(new HeadId(0), bothTeams()))
            .isInstanceOf(IOException.class);
        assertThat(storage.snapshot().sealed(new HeadId(0))).isFalse();
        assertThat(objects.list("segments/")).hasSize(segments);
      }
      store.heal();
      storage.seal(new HeadId(0), bothTeams());
      assertThat(entries(storage.snapshot(), "team-a")).isEqualTo(Batches.sorted(TEAM_A));
      assertThat(objects.list("segments/")).hasSize(segments);
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

  /** Opens, seals, and returns whether the seal was acknowledged. */
  private boolean sealOnce(Path place, FaultyStore store) {
    try (Storage storage = open(place, store)) {
      storage.seal(new HeadId(0), bothTeams());
      return true;
    } catch (IOException failed) {
      return false;
    }
  }

  private void checkAfter(Path place, MemoryStore objects, boolean acknowledged)
      throws IOException {
    try (Storage storage = open(place, objects)) {
      boolean sealed = storage.snapshot().sealed(new HeadId(0));
      assertThat(entries(storage.snapshot(), "team-a"))
          .isEqualTo(sealed ? Batches.sorted(TEAM_A) : List.of());
      assertThat(sealed || !acknowledged).as("what was acknowledged is there").isTrue();
      assertThat(objects.list("segments/")).as("leftovers").hasSize(sealed ? 3 : 0);
      storage.seal(new HeadId(0), bothTeams());
      assertThat(entries(storage.snapshot(), "team-a")).isEqualTo(Batches.sorted(TEAM_A));
      assertThat(entries(storage.snapshot(), "team-b")).isEqualTo(TEAM_B);
      assertThat(objects.list("segments/")).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aProcessThatDiesAtAnyStepOfASealLeavesOldOrNew(Fault fault) throws IOException {
    for (int step = 0; ; step++) {
      MemoryStore objects = new MemoryStore();
      FaultyStore store = new FaultyStore(objects).dieAfter(step, fault);
      boolean acknowledged = sealOnce(directory, store);
      checkAfter(directory, objects, acknowledged);
      if (!store.hasFailed()) {
        assertThat(step).isGreaterThan(6);
        return;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aSealThatFailsAtAnyStepCanBeDoneAgainByTheSameProcess(Fault fault) throws IOException {
    for (int step = 0; ; step++) {
      MemoryStore objects = new MemoryStore();
      FaultyStore store = new FaultyStore(objects);
      try (Storage storage = open(directory, store)) {
        store.failAfter(step, fault);
        boolean failed = false;
        try {
          storage.seal(new HeadId(0), bothTeams());
        } catch (IOException expected) {
          failed = true;
          assertThat(storage.snapshot().sealed(new HeadId(0))).isFalse();
          storage.seal(new HeadId(0), bothTeams());
        }
        boolean everyStep = !failed && !store.hasFailed();
        store.heal();
        assertThat(entries(storage.snapshot(), "team-a")).isEqualTo(Batches.sorted(TEAM_A));
        assertThat(objects.list("segments/")).hasSize(3);
        if (everyStep) {
          assertThat(step).isGreaterThan(3);
          return;
        }
      }
      checkAfter(directory, objects, true);
    }
  }
}
