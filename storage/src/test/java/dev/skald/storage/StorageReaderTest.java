package dev.skald.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.FencedException;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.FaultyStore.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StorageReaderTest {
  private static final long NOON = 20_000L * 86_400_000_000_000L;
  private static final Instant NOW = Instant.parse("2026-10-04T12:00:00Z");
  private static final Duration DELAY = Duration.ofMinutes(5);

  @TempDir Path directory;
  @TempDir Path other;
  private final MemoryStore objects = new MemoryStore();

  private static Storage.Writer writer(long log) {
    return new Storage.Writer(new LogId(log, log), () -> NOW);
  }

  private Storage open() throws IOException {
    return Storage.open(StorageOptions.in(directory), objects, writer(1));
  }

  private Storage reader() throws IOException {
    return Storage.openReader(StorageOptions.in(directory), objects);
  }

  private static TestEntry entry(int number) {
    return TestEntry.of(Labels.of("app", "a"), NOON + number, "line " + number, Map.of());
  }

  private static void seal(Storage storage, int number) throws IOException {
    storage.seal(
        new HeadId(number), Map.of("t", Batches.of(new ArrayList<>(List.of(entry(number))))));
  }

  private static List<TestEntry> entries(Storage storage) {
    return Batches.read(storage.snapshot().entries("t").select(Batches.EVERYTHING));
  }

  @Test
  void seesWhatIsSealedAfterARefreshAndWritesNothing() throws IOException {
    try (Storage writer = open();
        Storage reader = reader()) {
      for (int i = 0; i < 60; i++) {
        seal(writer, i);
        assertThat(entries(reader)).hasSize(i);
        var before = new TreeMap<>(objects.objects);
        reader.refresh();
        assertThat(objects.objects).isEqualTo(before);
        assertThat(entries(reader)).hasSize(i + 1);
      }
      assertThat(reader.snapshot().sealed(new HeadId(0))).isFalse();
      assertThatThrownBy(() -> seal(reader, 0)).hasMessageContaining("for reading only");
    }
  }

  @Test
  void aWriterThatWasReplacedSaysSoAndItsSegmentsDoNotCount() throws IOException {
    try (Storage first = open()) {
      seal(first, 0);
      try (Storage second = Storage.open(StorageOptions.in(other), objects, writer(2))) {
        seal(second, 1);
        assertThatThrownBy(() -> seal(first, 2)).isInstanceOf(FencedException.class);
        assertThat(first.fenced()).isNotNull();
        seal(second, 3);
        assertThat(entries(second)).containsExactly(entry(0), entry(1), entry(3));
      }
    }
    try (Storage again = open()) {
      assertThat(entries(again)).containsExactly(entry(0), entry(1), entry(3));
      assertThat(again.snapshot().sealed(new HeadId(2))).isFalse();
      assertThat(objects.list("segments/")).hasSize(3);
    }
  }

  private static void remove(Storage storage) throws IOException {
    CatalogEdit.Builder edit = CatalogEdit.builder();
    for (SegmentEntry segment : storage.catalog().snapshot().segments("t")) {
      if (segment.minTime() < NOON + 3) {
        edit.remove(segment, NOW, DELAY);
      }
    }
    storage.catalog().commit(edit.build());
  }

  @Test
  void whatWasRemovedIsReadByOldQueriesUntilItIsSwept() throws IOException {
    try (Storage storage = open()) {
      for (int i = 0; i < 5; i++) {
        seal(storage, i);
      }
      StorageSnapshot before = storage.snapshot();
      remove(storage);
      assertThat(entries(storage)).containsExactly(entry(3), entry(4));
      assertThat(storage.sweep(NOW.plus(DELAY).minusMillis(1))).isZero();
      assertThat(Batches.read(before.entries("t").select(Batches.EVERYTHING))).hasSize(5);
      assertThat(storage.sweep(NOW.plus(DELAY))).isEqualTo(3);
      assertThat(objects.list("segments/")).hasSize(2);
      assertThat(storage.sweep(NOW.plus(DELAY))).isZero();
      assertThat(storage.catalog().snapshot().garbage()).isEmpty();
    }
  }

  @Test
  void aReaderFailsWhereASegmentWasReplacedInsteadOfLeavingItOut() throws IOException {
    for (boolean opened : new boolean[] {false, true}) {
      objects.objects.clear();
      try (Storage writer = open()) {
        for (int i = 0; i < 5; i++) {
          seal(writer, i);
        }
        try (Storage reader = reader()) {
          if (opened) {
            assertThat(entries(reader)).hasSize(5);
          }
          StorageSnapshot before = reader.snapshot();
          remove(writer);
          writer.sweep(NOW.plus(DELAY));
          assertThatThrownBy(() -> Batches.read(before.entries("t").select(Batches.EVERYTHING)))
              .isInstanceOf(UncheckedIOException.class)
              .hasMessageContaining("was replaced");
          assertThat(entries(reader)).containsExactly(entry(3), entry(4));
        }
      }
    }
  }

  @Test
  void aWriterThatWasReplacedFailsWhereASegmentIsGone() throws IOException {
    try (Storage first = open()) {
      for (int i = 0; i < 5; i++) {
        seal(first, i);
      }
      try (Storage second = Storage.open(StorageOptions.in(other), objects, writer(2))) {
        remove(second);
        second.sweep(NOW.plus(DELAY));
        assertThatThrownBy(() -> seal(first, 5)).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> entries(first))
            .isInstanceOf(UncheckedIOException.class)
            .hasRootCauseInstanceOf(FencedException.class);
      }
    }
  }

  @Test
  void aSegmentThatComesBackIsReadAgain() throws IOException {
    try (Storage storage = open()) {
      seal(storage, 0);
      seal(storage, 1);
      String key = storage.catalog().snapshot().segments("t").getFirst().key();
      byte[] bytes = objects.objects.remove(key);
      assertThat(entries(storage)).containsExactly(entry(1));
      objects.objects.put(key, bytes);
      assertThat(entries(storage)).containsExactly(entry(0), entry(1));
    }
  }

  @Test
  void garbageSurvivesARestart() throws IOException {
    try (Storage storage = open()) {
      seal(storage, 0);
      remove(storage);
    }
    try (Storage storage = open()) {
      assertThat(objects.list("segments/")).hasSize(1);
      assertThat(storage.sweep(NOW.plus(DELAY))).isEqualTo(1);
      assertThat(objects.list("segments/")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aSweepThatDiesAtAnyStepIsDoneAtTheNextStart(Fault fault) throws IOException {
    for (int step = 0; ; step++) {
      objects.objects.clear();
      FaultyStore store = new FaultyStore(objects);
      boolean failed;
      try (Storage storage = Storage.open(StorageOptions.in(directory), store, writer(1))) {
        for (int i = 0; i < 5; i++) {
          seal(storage, i);
        }
        remove(storage);
        store.dieAfter(step, fault);
        try {
          storage.sweep(NOW.plus(DELAY));
        } catch (IOException expected) {
          assertThat(store.hasFailed()).isTrue();
        }
        failed = store.hasFailed();
      }
      try (Storage storage = open()) {
        storage.sweep(NOW.plus(DELAY));
        assertThat(entries(storage)).containsExactly(entry(3), entry(4));
        assertThat(objects.list("segments/")).hasSize(2);
        assertThat(storage.catalog().snapshot().garbage()).isEmpty();
      }
      if (!failed) {
        assertThat(step).isGreaterThan(4);
        return;
      }
    }
  }
}
