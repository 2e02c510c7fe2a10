package dev.skald.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.catalog.LogId;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.FilesystemStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorageDamageTest {
  private static final long NOON = 20_000L * 86_400_000_000_000L;
  private static final TestEntry FIRST =
      TestEntry.of(Labels.of("app", "a"), NOON, "first", Map.of());
  private static final TestEntry SECOND =
      TestEntry.of(Labels.of("app", "a"), NOON + 1, "second", Map.of());

  private static final LogId LOG = new LogId(1, 2);

  @TempDir Path directory;
  private final List<CorruptDataException> reported = new ArrayList<>();

  private Storage open() throws IOException {
    return Storage.open(
        StorageOptions.in(directory).withCorruption(reported::add),
        new FilesystemStore(directory),
        new Storage.Writer(LOG, () -> Instant.EPOCH));
  }

  private void sealBoth() throws IOException {
    try (Storage storage = open()) {
      storage.seal(new HeadId(0), Map.of("t", Batches.of(new ArrayList<>(List.of(FIRST)))));
      storage.seal(new HeadId(1), Map.of("t", Batches.of(new ArrayList<>(List.of(SECOND)))));
    }
  }

  private static List<TestEntry> entries(Storage storage) {
    return Batches.read(storage.snapshot().entries("t").select(Batches.EVERYTHING));
  }

  private List<String> objects() throws IOException {
    return new FilesystemStore(directory).list("segments/");
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void aSegmentWithABadFooterIsReportedOnceAndTheRestStillAnswers() throws IOException {
    sealBoth();
    flip(directory.resolve(objects().getFirst()), -30);
    try (Storage storage = open()) {
      assertThat(entries(storage)).containsExactly(SECOND);
      assertThat(entries(storage)).containsExactly(SECOND);
      assertThat(storage.snapshot().entries("t").streams(List.of(), 0, Long.MAX_VALUE)).hasSize(1);
    }
    assertThat(reported).hasSize(1);
    assertThat(reported.getFirst().path()).isEqualTo(objects().getFirst());
  }

  @Test
  void removesSegmentsThatNoEditNames() throws IOException {
    sealBoth();
    new FilesystemStore(directory)
        .put("segments/t/20000/000000000009.seg", List.of(ByteBuffer.wrap(new byte[] {1})));
    try (Storage storage = open()) {
      assertThat(entries(storage)).containsExactly(FIRST, SECOND);
      assertThat(objects()).hasSize(2);
    }
  }

  @Test
  void keepsSegmentsWhoseEditWasLostToBadBytes() throws IOException {
    sealBoth();
    try (Stream<Path> files = Files.list(directory.resolve("catalog"))) {
      flip(files.max(Path::compareTo).orElseThrow(), -10);
    }
    for (int restart = 0; restart < 2; restart++) {
      try (Storage storage = open()) {
        assertThat(entries(storage)).containsExactly(FIRST);
        assertThat(storage.snapshot().sealed(new HeadId(1))).isFalse();
        assertThat(objects()).hasSize(2);
      }
    }
    assertThat(reported).hasSize(1);
  }

  @Test
  void neverWritesOverASegmentWhoseEditWasLost() throws IOException {
    keepsSegmentsWhoseEditWasLostToBadBytes();
    List<String> before = objects();
    try (Storage storage = open()) {
      storage.seal(new HeadId(1), Map.of("t", Batches.of(new ArrayList<>(List.of(SECOND)))));
      assertThat(entries(storage)).containsExactly(FIRST, SECOND);
    }
    assertThat(objects()).hasSize(3).containsAll(before);
  }

  @Test
  void keepsSegmentsWhoseCatalogIsGone() throws IOException {
    sealBoth();
    try (Stream<Path> files = Files.list(directory.resolve("catalog"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    for (int restart = 0; restart < 2; restart++) {
      try (Storage storage = open()) {
        assertThat(entries(storage)).isEmpty();
        assertThat(objects()).hasSize(2);
      }
    }
    assertThat(reported).hasSize(1);
    assertThat(reported.getFirst()).hasMessageContaining("no catalog");
  }
}
