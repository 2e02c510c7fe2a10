package dev.skald.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.storage.FormatPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decodes the example of {@code docs/format/catalog.md}. */
final class CatalogFormatTest {
  private static final long START = 20_000L * 86_400_000_000_000L;

  @TempDir Path directory;

  private static Catalog open(Path directory) throws IOException {
    return Catalog.open(
        directory,
        what -> {
          throw new AssertionError(what);
        });
  }

  private static SegmentEntry segment() {
    String key = "segments/team-a/20000/000000000007.seg";
    long end = START + 60_000_000_000L;
    return new SegmentEntry(
        7, "team-a", 20_000, key, 522, 300, 2, 3, START, end, OptionalLong.of(5));
  }

  @Test
  void readsTheExample() throws IOException {
    byte[] example = new FormatPage("catalog.md").example("catalog");
    Files.write(directory.resolve("000000000001.catalog"), example);
    try (Catalog catalog = open(directory)) {
      assertThat(catalog.snapshot().segments()).containsExactly(segment());
      assertThat(catalog.snapshot().sealed(new HeadId(5))).isFalse();
      assertThat(catalog.nextHeadNumber()).isEqualTo(6);
      assertThat(catalog.nextSegmentNumber()).isEqualTo(8);
    }
  }

  @Test
  void writesTheExample() throws IOException {
    try (Catalog catalog = open(directory)) {
      catalog.commit(new CatalogEdit(List.of(segment()), List.of(4L), List.of(new HeadId(5))));
      catalog.forget(List.of(new HeadId(5)));
    }
    assertThat(Files.readAllBytes(directory.resolve("000000000001.catalog")))
        .isEqualTo(new FormatPage("catalog.md").example("catalog"));
  }
}
