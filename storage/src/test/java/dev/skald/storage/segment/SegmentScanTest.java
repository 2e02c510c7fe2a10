package dev.skald.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Batch;
import dev.skald.storage.Batches;
import dev.skald.storage.TestEntry;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentScanTest {
  private static final long START = 20_000L * 86_400_000_000_000L;

  @TempDir Path directory;

  private final MemoryStore store = new MemoryStore();

  private static List<TestEntry> scan(SegmentReader reader) throws IOException {
    List<TestEntry> read = new ArrayList<>();
    try (SegmentScan scan = reader.scan()) {
      for (Batch batch; (batch = scan.next()) != null; ) {
        read.addAll(Batches.entries(batch));
      }
    }
    return read;
  }

  @Test
  void readsEveryEntryInOrderAndEachBlockOnce() throws IOException {
    List<TestEntry> entries = SegmentCorruptionTest.entries();
    SegmentReader reader =
        TestSegments.open(store, TestSegments.SMALL, List.of(Batches.of(entries)));
    store.reads = 0;
    assertThat(scan(reader)).isEqualTo(Batches.sorted(entries));
    assertThat(store.reads).isEqualTo(reader.blocks().size()).isGreaterThan(10);
  }

  @Test
  void aBatchHasNoMoreThanAPageOfLines() throws IOException {
    SegmentReader reader =
        TestSegments.open(
            store, TestSegments.SMALL, List.of(Batches.of(SegmentCorruptionTest.entries())));
    try (SegmentScan scan = reader.scan()) {
      for (Batch batch; (batch = scan.next()) != null; ) {
        assertThat(batch.rows()).isBetween(1, 16);
      }
    }
  }

  @Test
  void aChangedByteInAnyPageStopsIt() throws IOException {
    SegmentReader reader =
        TestSegments.open(
            store, TestSegments.SMALL, List.of(Batches.of(SegmentCorruptionTest.entries())));
    byte[] original = store.objects.get(TestSegments.KEY);
    int end = (int) reader.blocks().getLast().pages().getLast().end();
    for (int at = 12; at < end; at += 7) {
      byte[] changed = original.clone();
      changed[at] ^= 4;
      store.objects.put(TestSegments.KEY, changed);
      assertThatThrownBy(() -> scan(reader))
          .as("byte %s", at)
          .isInstanceOf(CorruptDataException.class)
          .hasMessageContaining(TestSegments.KEY);
    }
  }

  @Test
  void aSegmentCutShortOrDeletedStopsIt() throws IOException {
    SegmentReader reader =
        TestSegments.open(
            store, TestSegments.SMALL, List.of(Batches.of(SegmentCorruptionTest.entries())));
    byte[] original = store.objects.get(TestSegments.KEY);
    store.objects.put(TestSegments.KEY, Arrays.copyOf(original, original.length / 2));
    assertThatThrownBy(() -> scan(reader)).isInstanceOf(CorruptDataException.class);
    store.delete(TestSegments.KEY);
    assertThatThrownBy(() -> scan(reader))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("the object is missing");
  }

  @Test
  void aSegmentWrittenToAFileHasTheBytesOfOneWrittenInMemory() throws IOException {
    Batch batch = Batches.of(Batches.sorted(SegmentCorruptionTest.entries()));
    TestSegments.write(store, TestSegments.SMALL, List.of(batch));
    List<String> names = List.of("trace_id", "rare", "level", "id", "constant", "id");
    Path file = directory.resolve("new");
    try (SegmentFileWriter writer =
        new SegmentFileWriter("t", 20_000, names, TestSegments.SMALL, file)) {
      for (Batch.Run run : batch.runs()) {
        writer.add(batch, run);
      }
      WrittenSegment written = writer.finish().orElseThrow();
      assertThat(MemoryStore.join(written.content()))
          .isEqualTo(store.objects.get(TestSegments.KEY));
      assertThat(written.bytes()).isEqualTo(store.size(TestSegments.KEY));
      assertThat(file).exists();
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aFileWithoutRowsIsNoSegment() throws IOException {
    Path file = directory.resolve("new");
    try (SegmentFileWriter writer =
        new SegmentFileWriter("t", 20_000, List.of(), TestSegments.SMALL, file)) {
      assertThat(writer.finish()).isEmpty();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void endsABlockWhoseMetadataIsLarge() throws IOException {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      String value = "%04d".formatted(i).repeat(256);
      entries.add(TestEntry.of(Labels.of("app", "a"), START + i, "x", Map.of("id", value)));
    }
    SegmentOptions options = new SegmentOptions(1, 1 << 16, 1 << 12, 1 << 10);
    SegmentReader reader = TestSegments.open(store, options, List.of(Batches.of(entries)));
    assertThat(reader.blocks()).hasSize(4);
    assertThat(scan(reader)).isEqualTo(entries);
  }
}
