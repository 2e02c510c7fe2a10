package dev.skald.storage.wal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.batch.Slice;
import dev.skald.storage.FormatPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PushRecordTest {
  record Entry(long timestamp, String line, Map<String, String> metadata) {}

  record Stream(String labels, long hash, List<Entry> entries) {}

  private static final List<Stream> EXAMPLE =
      List.of(
          new Stream(
              "{app=\"a\"}",
              0x0807060504030201L,
              List.of(
                  new Entry(1000, "hi", Map.of("level", "info")),
                  new Entry(999, "", Map.of("level", "info")),
                  new Entry(1001, "x", Map.of()))));

  @Test
  void writesTheExampleOfTheFormatPage() throws IOException {
    byte[] page = new FormatPage("wal.md").example("record");
    assertThat(encode("t", EXAMPLE).toByteArray()).isEqualTo(page);
  }

  @Test
  void readsTheExampleOfTheFormatPage() throws IOException {
    byte[] bytes = new FormatPage("wal.md").example("record");
    assertThat(decode(new PushRecord(bytes, bytes.length))).isEqualTo(EXAMPLE);
  }

  @Test
  void givesBackRandomRecordsFromOneWriterAndOneReader() {
    Random random = new Random(42);
    PushRecordWriter writer = new PushRecordWriter();
    for (int round = 0; round < 200; round++) {
      List<Stream> streams = randomStreams(random);
      assertThat(decode(write(writer, "tenant-" + round, streams))).isEqualTo(streams);
    }
  }

  @Test
  void writesARepeatedPairAsOneByte() {
    int once = encode("t", List.of(stream(1))).length();
    int twice = encode("t", List.of(stream(2))).length();
    int entryWithoutPairs = 1 + 0 + 1 + 1;
    assertThat(twice - once).isEqualTo(entryWithoutPairs + 2);
  }

  @Test
  void rejectsARecordCutAtAnyByte() {
    byte[] bytes = encode("tenant", randomStreams(new Random(7))).toByteArray();
    for (int cut = 0; cut < bytes.length; cut++) {
      PushRecord torn = new PushRecord(bytes, cut);
      assertThatThrownBy(() -> decode(torn)).isInstanceOf(CorruptRecordException.class);
    }
  }

  @Test
  void staysInsideTheRecordWhateverTheBytes() {
    Random random = new Random(3);
    byte[] good = encode("tenant", randomStreams(random)).toByteArray();
    for (int round = 0; round < 20_000; round++) {
      byte[] bad = good.clone();
      for (int flips = random.nextInt(4); flips >= 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        decode(new PushRecord(bad, bad.length));
      } catch (CorruptRecordException expected) {
        assertThat(expected).hasMessageContaining("corrupt push record at byte ");
      }
    }
  }

  @Test
  void countsLineNamesAndValuesAsTheBytesOfAnEntry() {
    PushRecordReader reader = new PushRecordReader();
    reader.reset(encode("t", EXAMPLE));
    reader.nextStream();
    reader.nextEntry();
    assertThat(reader.entryBytes()).isEqualTo("hi".length() + "level".length() + "info".length());
  }

  @Test
  void refusesAnEntryOutsideAStream() {
    PushRecordWriter writer = new PushRecordWriter();
    writer.begin("t");
    assertThatThrownBy(() -> writer.entry(1, slice("x"))).isInstanceOf(IllegalStateException.class);
  }

  private static Stream stream(int entries) {
    List<Entry> list = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      list.add(new Entry(5, "", Map.of("pod", "web-1", "node", "n")));
    }
    return new Stream("{a=\"b\"}", 1, list);
  }

  private static List<Stream> randomStreams(Random random) {
    List<Stream> streams = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      List<Entry> entries = new ArrayList<>();
      for (int j = random.nextInt(30); j > 0; j--) {
        entries.add(randomEntry(random));
      }
      streams.add(new Stream("{app=\"" + random.nextInt(9) + "\"}", random.nextLong(), entries));
    }
    return streams;
  }

  private static Entry randomEntry(Random random) {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      int value = random.nextBoolean() ? random.nextInt(3) : random.nextInt();
      metadata.put("name" + random.nextInt(40), "value" + value);
    }
    String line = "l".repeat(random.nextInt(200));
    return new Entry(random.nextLong() >> random.nextInt(64), line, metadata);
  }

  static PushRecord encode(String tenant, List<Stream> streams) {
    return write(new PushRecordWriter(), tenant, streams);
  }

  private static PushRecord write(PushRecordWriter writer, String tenant, List<Stream> streams) {
    writer.begin(tenant);
    for (Stream stream : streams) {
      writer.beginStream(slice(stream.labels()), stream.hash());
      for (Entry entry : stream.entries()) {
        writer.entry(entry.timestamp(), slice(entry.line()));
        entry.metadata().forEach((name, value) -> writer.metadata(slice(name), slice(value)));
      }
    }
    return writer.finish();
  }

  static List<Stream> decode(PushRecord record) {
    PushRecordReader reader = new PushRecordReader();
    reader.reset(record);
    List<Stream> streams = new ArrayList<>();
    while (reader.nextStream()) {
      String labels = reader.labels().toString();
      List<Entry> entries = new ArrayList<>();
      while (reader.nextEntry()) {
        entries.add(new Entry(reader.timestamp(), reader.line().toString(), metadata(reader)));
      }
      streams.add(new Stream(labels, reader.streamHash(), entries));
    }
    return streams;
  }

  private static Map<String, String> metadata(PushRecordReader reader) {
    Map<String, String> metadata = new LinkedHashMap<>();
    Slice slice = new Slice();
    for (int i = 0; i < reader.entryPairs(); i++) {
      int pair = reader.entryPair(i);
      reader.name(reader.pairName(pair), slice);
      String name = slice.toString();
      reader.value(pair, slice);
      metadata.put(name, slice.toString());
    }
    return metadata;
  }

  private static Slice slice(String text) {
    Slice slice = new Slice();
    byte[] bytes = ("??" + text).getBytes(UTF_8);
    slice.set(bytes, 2, bytes.length - 2);
    return slice;
  }
}
