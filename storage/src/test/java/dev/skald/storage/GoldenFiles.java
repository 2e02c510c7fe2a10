package dev.skald.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.segment.SegmentOptions;
import dev.skald.storage.segment.SegmentWriter;
import dev.skald.storage.wal.PushRecordWriter;
import dev.skald.storage.wal.WalDirectory;
import dev.skald.storage.wal.WalWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Makes the golden files, which today's reader must read as long as it reads their version at all.
 * The normal build does not run this, and it never writes over a file. For a new kind of file or a
 * new version:
 *
 * <pre>mvn -pl storage -am test -Dtest=GoldenFiles -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
final class GoldenFiles {
  static final Path DIRECTORY = Path.of("src/test/resources/golden/v1");

  private static final long START = 20_000L * 86_400_000_000_000L;
  private static final long MINUTE = 60_000_000_000L;

  @Test
  void segment() throws IOException {
    List<TestEntry> entries = entries();
    MemoryStore store = new MemoryStore();
    try (SegmentWriter writer = new SegmentWriter(new SegmentOptions(3, 500, 1 << 20, 4000))) {
      store.put("s", writer.write("team-ä", List.of(Batches.of(entries))).getFirst().content());
    }
    write("segment.seg", store.objects.get("s"));
    write("segment.txt", GoldenText.of(Batches.sorted(entries)));
  }

  @Test
  void wal(@TempDir Path directory) throws IOException {
    List<TestEntry> entries = entries().subList(0, 40);
    try (WalDirectory logs = WalDirectory.open(directory)) {
      try (WalWriter writer = WalWriter.create(logs, 7)) {
        for (int from = 0; from < entries.size(); from += 8) {
          append(writer, "tenant-" + from / 16, entries.subList(from, from + 8));
        }
        writer.commit(true);
      }
      write("wal.id", Files.readAllBytes(directory.resolve("wal.id")));
      write("wal.id.txt", logs.id() + "\n");
      write("head.wal", Files.readAllBytes(Path.of(logs.path(7))));
    }
    write("head.txt", GoldenText.of(entries));
  }

  @Test
  void catalog() throws IOException {
    if (Files.exists(DIRECTORY.resolve("catalog.txt"))) {
      return;
    }
    MemoryStore store = GoldenCatalog.make();
    for (var object : store.objects.entrySet()) {
      write(object.getKey(), object.getValue());
    }
    write("catalog-objects.txt", String.join("\n", store.objects.keySet()) + "\n");
    write("catalog.txt", GoldenCatalog.text(store));
  }

  private static void append(WalWriter writer, String tenant, List<TestEntry> entries)
      throws IOException {
    PushRecordWriter record = new PushRecordWriter();
    record.begin(tenant);
    Labels stream = null;
    for (TestEntry entry : entries) {
      if (!entry.labels().equals(stream)) {
        stream = entry.labels();
        record.beginStream(slice(stream.toString().getBytes(UTF_8)), Batches.hash(stream));
      }
      record.entry(entry.time(), slice(entry.line()));
      entry
          .metadata()
          .forEach((name, value) -> record.metadata(slice(bytes(name)), slice(bytes(value))));
    }
    writer.append(record.finish());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Slice slice(byte[] bytes) {
    Slice slice = new Slice();
    slice.set(bytes, 0, bytes.length);
    return slice;
  }

  /** Several streams, every encoding of a column, every unit of time, all kinds of lines. */
  private static List<TestEntry> entries() {
    Random random = new Random(20_000);
    List<TestEntry> entries = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      int stream = i % 5;
      Labels labels =
          stream == 4
              ? Labels.of("app", "größer", "env", "prod", "pod", "p-" + i % 3)
              : Labels.of("app", "a" + stream);
      long time = START + i * MINUTE / 7 / unit(i) * unit(i);
      entries.add(TestEntry.of(labels, time, line(random, i), metadata(random, i)));
    }
    return entries;
  }

  private static long unit(int i) {
    return i < 200 ? 1_000_000_000L : i < 400 ? 1_000_000L : 1;
  }

  private static byte[] line(Random random, int i) {
    return switch (i % 50) {
      case 7 -> new byte[0];
      case 13 -> bytes("two\nlines\tand a \"quote\" \\");
      case 21 -> new byte[] {(byte) 0xFF, 0, (byte) 0xC3, 'x'};
      case 33 -> bytes("wörter 日本語 " + "long ".repeat(200));
      default ->
          bytes("level=info path=/cart/%d status=%d".formatted(random.nextInt(1000), 200 + i % 3));
    };
  }

  private static Map<String, String> metadata(Random random, int i) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("cluster", "eu-1");
    metadata.put("level", List.of("info", "warn", "error").get(i % 3));
    metadata.put("detected_level", metadata.get("level"));
    metadata.put("trace_id", "%016x".formatted(random.nextLong()));
    if (i % 4 != 0) {
      metadata.put("span_id", "%08x".formatted(random.nextInt()));
      metadata.put("user", "user-" + random.nextInt() + (i % 9 == 0 ? " ü" : ""));
    }
    if (i % 11 == 0) {
      metadata.put("empty", "");
    }
    return metadata;
  }

  private static void write(String name, String text) throws IOException {
    write(name, bytes(text));
  }

  private static void write(String name, byte[] content) throws IOException {
    Path file = DIRECTORY.resolve(name);
    Files.createDirectories(file.getParent());
    if (!Files.exists(file)) {
      Files.write(file, content);
    }
  }
}
