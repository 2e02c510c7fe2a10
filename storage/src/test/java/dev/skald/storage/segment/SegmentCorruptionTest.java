package dev.skald.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.StreamStats;
import dev.skald.storage.Batches;
import dev.skald.storage.TestEntry;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SegmentCorruptionTest {
  private static final long START = 20_000L * 86_400_000_000_000L;

  private final MemoryStore store = new MemoryStore();
  private final List<CorruptDataException> reported = new ArrayList<>();
  private final List<TestEntry> entries = entries();
  private final SegmentLocation location =
      TestSegments.write(
          store, new SegmentOptions(1, 270, 1 << 20, 1500), List.of(Batches.of(entries)));
  private final byte[] original = store.objects.get(TestSegments.KEY);

  /** Enough entries for every column encoding and for two blocks. */
  static List<TestEntry> entries() {
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Labels labels = Labels.of("app", i < 280 ? "a" : "b");
      Map<String, String> metadata =
          Map.of(
              "level",
              i % 5 == 0 ? "warn" : "info",
              "constant",
              "c",
              i < 276 ? "trace_id" : "rare",
              String.format("%04x", i),
              "id",
              i + "g");
      entries.add(TestEntry.of(labels, START + i * 1_000_000L, "line " + i % 7, metadata));
    }
    return entries;
  }

  private List<TestEntry> readAll() throws IOException {
    try {
      SegmentReader reader = SegmentReader.open(store, location);
      List<StreamStats> stats =
          reader.streams(List.of(), START + 1, START + 60_000_000_000L, reported::add);
      assertThat(stats).isNotEmpty();
      return Batches.read(reader.select(Batches.EVERYTHING, reported::add));
    } catch (CorruptDataException failure) {
      reported.add(failure);
      return List.of();
    }
  }

  @Test
  void aFlippedBitAnywhereIsReportedOrDoesNoHarm() throws IOException {
    assertThat(readAll()).isEqualTo(entries);
    HashSet<TestEntry> known = new HashSet<>(entries);
    for (int at = 0; at < original.length; at++) {
      byte[] changed = original.clone();
      changed[at] ^= (byte) (1 << (at % 8));
      store.objects.put(TestSegments.KEY, changed);
      reported.clear();
      List<TestEntry> read = readAll();
      if (reported.isEmpty()) {
        assertThat(read).as("flipped byte %s", at).isEqualTo(entries);
      } else {
        assertThat(known).as("flipped byte %s", at).containsAll(read);
      }
      boolean harmless = at < 12;
      assertThat(reported.isEmpty()).as("flipped byte %s", at).isEqualTo(harmless);
    }
  }

  @Test
  void aBadBlockLeavesTheOthers() throws IOException {
    SegmentReader reader = SegmentReader.open(store, location);
    assertThat(reader.blocks()).hasSize(2);
    BlockInfo.PageRef lines =
        reader
            .blocks()
            .getFirst()
            .pages()
            .get(reader.blocks().getFirst().linePages().getFirst().page());
    original[(int) lines.offset() + PageFrame.HEAD] ^= 1;
    assertThat(readAll()).isEqualTo(entries.subList(270, 300));
    assertThat(reported).hasSize(1);
    assertThat(reported.getFirst().path()).isEqualTo(TestSegments.KEY);
    assertThat(reported.getFirst().offset()).isEqualTo(lines.offset());
    assertThat(reported.getFirst()).hasMessageContaining("CRC32C");
  }

  @Test
  void aSegmentCutAtAnyByteIsReported() throws IOException {
    for (int length = 0; length < original.length; length++) {
      store.objects.put(TestSegments.KEY, Arrays.copyOf(original, length));
      reported.clear();
      assertThat(readAll()).isEmpty();
      assertThat(reported).as("cut at %s", length).hasSize(1);
    }
  }

  @Test
  void aMissingSegmentIsReported() throws IOException {
    store.delete(TestSegments.KEY);
    assertThat(readAll()).isEmpty();
    assertThat(reported).hasSize(1);
    assertThat(reported.getFirst()).hasMessageContaining("the object is missing");
  }
}
