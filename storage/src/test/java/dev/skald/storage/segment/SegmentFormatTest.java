package dev.skald.storage.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Column;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.Batches;
import dev.skald.storage.FormatPage;
import dev.skald.storage.TestEntry;
import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Decodes the examples of {@code docs/format/segment.md} and the golden file of version 1. */
final class SegmentFormatTest {
  private static final long START = 20_000L * 86_400_000_000_000L;

  private final FormatPage page = new FormatPage("segment.md");

  SegmentFormatTest() throws IOException {}

  private static List<String> values(Column column, int rows) {
    List<String> values = new ArrayList<>();
    Slice slice = new Slice();
    for (int row = 0; row < rows; row++) {
      values.add(column.read(row, slice) ? slice.toString() : null);
    }
    return values;
  }

  @Test
  void frame() throws IOException {
    byte[] frame = page.example("frame");
    try (PageReader reader = new PageReader("example")) {
      assertThat(reader.read(new PageReader.Piece(frame, 0), 0, frame.length))
          .isEqualTo(page.example("runs"));
    }
  }

  @Test
  void times() {
    long[] times = TimestampDecoder.decode(page.example("times"), new int[] {3, 4});
    assertThat(times)
        .containsExactly(START, START + 1_000_000, START + 3_000_000, START + 2_000_000);
  }

  @Test
  void columns() {
    RowRanges three = RowRanges.all(3);
    assertThat(values(DictionaryPage.decode(page.example("dictionary"), 3, three), 3))
        .containsExactly("info", "warn", null);
    assertThat(values(PlainPage.decode(page.example("plain"), null, 3, three), 3))
        .containsExactly("hi", "", "you");
    assertThat(values(HexPage.decode(page.example("hex"), null, 2, RowRanges.all(2)), 2))
        .containsExactly("00ff", "beef");
    byte[] presence = page.example("presence");
    assertThat(values(PlainPage.decode(page.example("plain"), presence, 10, RowRanges.all(10)), 10))
        .containsExactly("hi", "", null, null, null, null, null, null, "you", null);
  }

  @Test
  void sections() {
    ByteReader counts = new ByteReader(page.example("counts"));
    MinuteCounts first = MinuteCounts.decode(counts);
    assertThat(first.minutes()).containsExactly(28_800_000);
    assertThat(first.entries()).containsExactly(2);
    assertThat(first.lineBytes()).containsExactly(21);
    assertThat(MinuteCounts.decode(counts).minutes()).containsExactly(28_800_001);
    counts.expectEnd();

    List<StreamTotals> streams = StreamTable.decode(page.example("streams"));
    assertThat(streams)
        .extracting(StreamTotals::labels)
        .containsExactly(labels("api"), labels("web"));
    assertThat(streams.getFirst().maxTime()).isEqualTo(START + 1_000_000);
    assertThat(streams.getFirst().metadataBytes()).isEqualTo(29);

    Matcher web = new Matcher("app", Matcher.Type.EQUAL, "web");
    assertThat(Postings.decode(page.example("postings")).select(List.of(web)).toArray())
        .containsExactly(1);

    BlockDirectory blocks = BlockDirectory.decode(page.example("blocks"));
    assertThat(blocks.names()).containsExactly("level");
    assertThat(blocks.blocks().getFirst().pages())
        .extracting(BlockInfo.PageRef::offset)
        .containsExactly(12L, 27L, 53L, 79L, 117L);
  }

  private static Labels labels(String app) {
    return Labels.of("app", app);
  }

  @Test
  void wholeSegment() throws IOException {
    List<TestEntry> entries =
        List.of(
            TestEntry.of(labels("api"), START, "GET /", Map.of("level", "info")),
            TestEntry.of(
                labels("api"), START + 1_000_000, "GET /favicon.ico", Map.of("level", "warn")),
            TestEntry.of(labels("web"), START + 60_000_000_000L, "boom", Map.of()));
    byte[] segment = page.example("segment");
    assertThat(read(segment, Footer.tailLength(segment))).isEqualTo(entries);
  }

  private static List<TestEntry> read(byte[] segment, int tailLength) throws IOException {
    MemoryStore store = new MemoryStore();
    store.objects.put("golden", segment);
    SegmentReader reader =
        SegmentReader.open(store, new SegmentLocation("golden", segment.length, tailLength));
    return Batches.read(reader.select(Batches.EVERYTHING, TestSegments::noCorruption));
  }

  @Test
  void readsTheGoldenFileOfVersionOne() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("v1.seg")) {
      byte[] segment = golden.readAllBytes();
      assertThat(read(segment, Footer.tailLength(segment)))
          .isEqualTo(SegmentCorruptionTest.entries());
    }
  }

  @Test
  void saysWhichVersionItDoesNotKnow() {
    byte[] segment = page.example("segment");
    segment[segment.length - 16] = 2;
    assertThatThrownBy(() -> read(segment, 243))
        .hasMessageContaining("segment version 2, wanted 1");
  }
}
