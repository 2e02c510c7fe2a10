package dev.skald.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.segment.SegmentBytes;
import dev.skald.storage.segment.SegmentInspection;
import dev.skald.storage.segment.SegmentInspection.Frame;
import dev.skald.storage.segment.SegmentInspection.Kind;
import dev.skald.storage.segment.SegmentLocation;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.wal.PushRecordReader;
import dev.skald.storage.wal.WalDirectory;
import dev.skald.storage.wal.WalReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Today's reader reads what was written when the formats were first fixed. */
final class GoldenFilesTest {

  private static byte[] golden(String name) throws IOException {
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream("/golden/v1/" + name)) {
      return in.readAllBytes();
    }
  }

  private static String text(String name) throws IOException {
    return new String(golden(name), UTF_8);
  }

  @Test
  void readsASegmentOfVersionOne() throws IOException {
    MemoryStore store = new MemoryStore();
    store.objects.put("s", golden("segment.seg"));
    SegmentInspection segment = SegmentInspection.of(SegmentBytes.of(store, "s"));
    assertThat(segment.tenant()).isEqualTo("team-ä");
    SegmentReader reader =
        SegmentReader.open(store, new SegmentLocation("s", segment.bytes(), tail(segment)));
    List<TestEntry> entries =
        Batches.read(reader.select(Batches.EVERYTHING, GoldenFilesTest::refuse));
    assertThat(GoldenText.of(entries)).isEqualTo(text("segment.txt"));
  }

  @Test
  void theGoldenSegmentHasEveryKindOfPage() throws IOException {
    MemoryStore store = new MemoryStore();
    store.objects.put("s", golden("segment.seg"));
    SegmentInspection segment = SegmentInspection.of(SegmentBytes.of(store, "s"));
    assertThat(segment.blocks()).hasSizeGreaterThan(1);
    assertThat(segment.frames())
        .extracting(Frame::kind)
        .contains(Arrays.stream(Kind.values()).filter(k -> k != Kind.UNUSED).toArray(Kind[]::new));
    assertThat(segment.frames())
        .extracting(Frame::encoding)
        .contains("constant", "dictionary", "plain", "hex");
    assertThat(segment.frames()).anyMatch(frame -> frame.columns().size() > 1);
    assertThat(segment.frames()).anyMatch(frame -> frame.length() < frame.rawLength());
  }

  private static int tail(SegmentInspection segment) {
    return segment.frames().stream()
        .filter(frame -> frame.kind() == Kind.STREAMS)
        .mapToInt(frame -> (int) (segment.bytes() - frame.offset()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsALogFileOfVersionOne(@TempDir Path directory) throws IOException {
    List<TestEntry> entries = new ArrayList<>();
    List<String> tenants = new ArrayList<>();
    try (WalDirectory logs = WalDirectory.open(directory)) {
      Files.write(Path.of(logs.path(7)), golden("head.wal"));
      try (WalReader reader = WalReader.open(logs, 7, new NoDamage())) {
        PushRecordReader record = new PushRecordReader();
        while (reader.next()) {
          record.reset(reader.record());
          tenants.add(record.tenant());
          addEntries(record, entries);
        }
      }
    }
    assertThat(tenants).containsExactly("tenant-0", "tenant-0", "tenant-1", "tenant-1", "tenant-2");
    assertThat(GoldenText.of(entries)).isEqualTo(text("head.txt"));
  }

  @Test
  void readsTheIdOfALog(@TempDir Path directory) throws IOException {
    Files.write(directory.resolve("wal.id"), golden("wal.id"));
    try (WalDirectory logs = WalDirectory.open(directory)) {
      assertThat(logs.id() + "\n").isEqualTo(text("wal.id.txt"));
    }
  }

  @Test
  void readsACheckpointAndTheEditsAfterIt() throws IOException {
    MemoryStore store = new MemoryStore();
    for (String name : text("catalog-objects.txt").split("\n")) {
      store.objects.put(name, golden(name));
    }
    assertThat(store.objects.keySet()).anyMatch(key -> key.endsWith(".state"));
    assertThat(store.objects.keySet()).anyMatch(key -> key.endsWith(".edit"));
    assertThat(GoldenCatalog.text(store)).isEqualTo(text("catalog.txt"));
  }

  private static void addEntries(PushRecordReader record, List<TestEntry> entries) {
    while (record.nextStream()) {
      Labels labels = labels(record.labels().toString());
      assertThat(record.streamHash()).isEqualTo(Batches.hash(labels));
      while (record.nextEntry()) {
        Slice line = record.line();
        byte[] bytes = Arrays.copyOfRange(line.bytes, line.offset, line.end());
        entries.add(TestEntry.of(labels, record.timestamp(), bytes, metadata(record)));
      }
    }
  }

  /** Reads {@code {a="b", c="d"}}, whose values have no quotes here. */
  private static Labels labels(String text) {
    Labels.Builder labels = new Labels.Builder();
    for (String pair : text.substring(1, text.length() - 1).split(", ")) {
      labels.add(pair.substring(0, pair.indexOf('=')), pair.split("\"", -1)[1]);
    }
    return labels.build();
  }

  private static Map<String, String> metadata(PushRecordReader record) {
    Map<String, String> metadata = new TreeMap<>();
    Slice name = new Slice();
    Slice value = new Slice();
    for (int i = 0; i < record.entryPairs(); i++) {
      int pair = record.entryPair(i);
      record.name(record.pairName(pair), name);
      record.value(pair, value);
      metadata.put(name.toString(), value.toString());
    }
    return metadata;
  }

  private static void refuse(Exception what) {
    throw new AssertionError(what);
  }

  private static final class NoDamage implements WalReader.Damage {
    @Override
    public void torn(long offset, long bytes) {
      throw new AssertionError("torn at " + offset);
    }

    @Override
    public void corrupt(long offset, long bytes, String problem) {
      throw new AssertionError(problem + " at " + offset);
    }
  }
}
