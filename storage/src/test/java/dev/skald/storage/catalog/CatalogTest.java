package dev.skald.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.skald.storage.object.CorruptDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogTest {
  @TempDir Path directory;
  private final List<CorruptDataException> reported = new ArrayList<>();

  private Catalog open() throws IOException {
    return Catalog.open(directory, reported::add);
  }

  static SegmentEntry entry(long number, String tenant) {
    String key = "segments/" + tenant + "/20000/" + number + ".seg";
    return new SegmentEntry(
        number, tenant, 20_000, key, 1000, 100, 3, 50, -5, 7, OptionalLong.of(number));
  }

  static CatalogEdit seal(long number) {
    return new CatalogEdit(
        List.of(entry(number, "a"), entry(number + 100, "b")),
        List.of(),
        List.of(new HeadId(number)));
  }

  private Path newest() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".catalog")).max(Path::compareTo).get();
    }
  }

  private List<Long> numbers(Catalog catalog) {
    return catalog.snapshot().segments().stream().map(SegmentEntry::number).toList();
  }

  @Test
  void keepsEditsAcrossRestarts() throws IOException {
    try (Catalog catalog = open()) {
      catalog.commit(seal(1));
      catalog.commit(seal(2));
      catalog.commit(new CatalogEdit(List.of(entry(200, "a")), List.of(1L, 2L), List.of()));
    }
    for (int restart = 0; restart < 3; restart++) {
      try (Catalog catalog = open()) {
        assertThat(numbers(catalog)).containsExactly(101L, 102L, 200L);
        assertThat(catalog.snapshot().segments("a")).containsExactly(entry(200, "a"));
        assertThat(catalog.snapshot().sealed(new HeadId(2))).isTrue();
        assertThat(catalog.nextSegmentNumber()).isEqualTo(201);
        assertThat(catalog.nextHeadNumber()).isEqualTo(3);
      }
    }
    assertThat(reported).isEmpty();
  }

  @Test
  void neverGivesOutTheNumberOfARemovedSegmentAgain() throws IOException {
    try (Catalog catalog = open()) {
      catalog.commit(seal(1));
      catalog.commit(new CatalogEdit(List.of(), List.of(1L, 101L), List.of()));
    }
    open().close();
    try (Catalog catalog = open()) {
      assertThat(numbers(catalog)).isEmpty();
      assertThat(catalog.snapshot().tenants()).isEmpty();
      assertThat(catalog.nextSegmentNumber()).isEqualTo(102);
    }
  }

  @Test
  void beginsANewFileOnceTheOldOneHasGrown() throws IOException {
    try (Catalog catalog = open()) {
      Path first = newest();
      List<HeadId> heads = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        heads.add(new HeadId(1_000_000 + i));
      }
      for (int i = 0; i < 25; i++) {
        catalog.commit(new CatalogEdit(List.of(), List.of(), heads));
      }
      assertThat(newest()).isNotEqualTo(first);
      catalog.commit(seal(1));
    }
    try (Catalog catalog = open()) {
      assertThat(numbers(catalog)).containsExactly(1L, 101L);
      assertThat(catalog.snapshot().sealed(new HeadId(1_019_999))).isTrue();
    }
  }

  /** Returns the newest file as it is after two edits, and where each of them ends. */
  private int[] twoEdits() throws IOException {
    int[] ends = new int[3];
    try (Catalog catalog = open()) {
      ends[0] = (int) Files.size(newest());
      catalog.commit(seal(1));
      ends[1] = (int) Files.size(newest());
      catalog.commit(seal(2));
      ends[2] = (int) Files.size(newest());
    }
    return ends;
  }

  private void replaceAll(Path file, byte[] content) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path old : files.toList()) {
        Files.delete(old);
      }
    }
    Files.write(file, content);
  }

  @Test
  void cutsATornTailAtAnyByteWithoutAReport() throws IOException {
    int[] ends = twoEdits();
    Path file = newest();
    byte[] whole = Files.readAllBytes(file);
    for (int length = ends[0]; length <= ends[2]; length++) {
      replaceAll(file, Arrays.copyOf(whole, length));
      try (Catalog catalog = open()) {
        List<Long> wanted =
            length < ends[1]
                ? List.of()
                : length < ends[2] ? List.of(1L, 101L) : List.of(1L, 2L, 101L, 102L);
        assertThat(numbers(catalog)).as("cut at %s", length).isEqualTo(wanted);
        assertThat(catalog.damaged()).isFalse();
        catalog.commit(seal(3));
      }
      try (Catalog catalog = open()) {
        assertThat(catalog.snapshot().sealed(new HeadId(3))).isTrue();
      }
    }
    assertThat(reported).isEmpty();
  }

  @Test
  void takesZerosAtTheEndForATornTail() throws IOException {
    int[] ends = twoEdits();
    Path file = newest();
    byte[] whole = Files.readAllBytes(file);
    for (int written = ends[1]; written < ends[2]; written++) {
      replaceAll(file, Arrays.copyOf(Arrays.copyOf(whole, written), ends[2] + 50));
      try (Catalog catalog = open()) {
        assertThat(numbers(catalog)).containsExactly(1L, 101L);
      }
    }
    assertThat(reported).isEmpty();
  }

  @Test
  void aFlippedBitAnywhereIsReportedAndCostsAtMostOneEdit() throws IOException {
    int[] ends = twoEdits();
    Path file = newest();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << (at % 8));
      replaceAll(file, changed);
      reported.clear();
      try (Catalog catalog = open()) {
        assertThat(reported).as("flipped byte %s", at).isNotEmpty();
        assertThat(reported.getFirst().path()).isEqualTo(file.toString());
        assertThat(catalog.damaged()).isTrue();
        List<Long> wanted =
            at < ends[0]
                ? List.of(1L, 2L, 101L, 102L)
                : at < ends[1] ? List.of(2L, 102L) : List.of(1L, 101L);
        assertThat(numbers(catalog)).as("flipped byte %s", at).isEqualTo(wanted);
      }
    }
  }

  @Test
  void staysDamagedAcrossRestarts() throws IOException {
    int[] ends = twoEdits();
    Path file = newest();
    byte[] changed = Files.readAllBytes(file);
    changed[ends[0] + 30] ^= 1;
    replaceAll(file, changed);
    for (int restart = 0; restart < 3; restart++) {
      try (Catalog catalog = open()) {
        assertThat(catalog.damaged()).isTrue();
        assertThat(numbers(catalog)).containsExactly(2L, 102L);
      }
    }
    assertThat(reported).hasSize(1);
  }

  @Test
  void goesBackToTheFileBeforeWhenTheNewestStateIsBad() throws IOException {
    twoEdits();
    open().close();
    Path file = newest();
    byte[] changed = Files.readAllBytes(file);
    changed[Catalog.FILE_HEAD + CatalogRecord.HEAD + 3] ^= 1;
    Files.write(file, changed);
    try (Catalog catalog = open()) {
      assertThat(numbers(catalog)).containsExactly(1L, 2L, 101L, 102L);
    }
    assertThat(reported).hasSize(1);
  }

  /** An interrupt closes the file under the writer, as a disk may fail it. */
  private static void failToCommit(Catalog catalog, CatalogEdit edit) {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> catalog.commit(edit)).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void goesOnInANewFileAfterOneHasFailed() throws IOException {
    try (Catalog catalog = open()) {
      catalog.commit(seal(1));
      Path failed = newest();
      failToCommit(catalog, seal(2));
      assertThat(numbers(catalog)).containsExactly(1L, 101L);
      assertThat(catalog.snapshot().sealed(new HeadId(2))).isFalse();
      catalog.commit(seal(3));
      assertThat(failed).doesNotExist();
      assertThat(numbers(catalog)).containsExactly(1L, 3L, 101L, 103L);
    }
    try (Catalog catalog = open()) {
      assertThat(numbers(catalog)).containsExactly(1L, 3L, 101L, 103L);
      assertThat(catalog.snapshot().sealed(new HeadId(2))).isFalse();
    }
    assertThat(reported).isEmpty();
  }

  @Test
  void opensWhereNothingCanBeWritten() throws IOException {
    try (Catalog catalog = open()) {
      catalog.commit(seal(1));
    }
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(directory), "this user may write everywhere");
    try (Catalog catalog = open()) {
      assertThat(numbers(catalog)).containsExactly(1L, 101L);
      assertThatThrownBy(() -> catalog.commit(seal(2))).isInstanceOf(IOException.class);
      Files.setPosixFilePermissions(directory, before);
      catalog.commit(seal(3));
    }
    try (Catalog catalog = open()) {
      assertThat(numbers(catalog)).containsExactly(1L, 3L, 101L, 103L);
    }
  }

  @Test
  void takesNoEditsOnceClosed() throws IOException {
    Catalog catalog = open();
    catalog.close();
    assertThatThrownBy(() -> catalog.commit(seal(1)))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("is closed");
    assertThat(open().snapshot().segments()).isEmpty();
  }

  @Test
  void anOldSnapshotStaysAsItWas() throws IOException {
    try (Catalog catalog = open()) {
      catalog.commit(seal(1));
      CatalogSnapshot before = catalog.snapshot();
      catalog.commit(new CatalogEdit(List.of(), List.of(1L), List.of(new HeadId(9))));
      assertThat(before.segments("a")).containsExactly(entry(1, "a"));
      assertThat(before.sealed(new HeadId(9))).isFalse();
      assertThat(before.sealed(new HeadId(1))).isTrue();
    }
  }
}
