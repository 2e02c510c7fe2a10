package dev.skald.storage.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.storage.FormatPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WalTest {
  @TempDir Path directory;
  private WalDirectory store;
  private final List<String> damage = new ArrayList<>();

  @BeforeEach
  void openStore() throws IOException {
    store = WalDirectory.open(directory);
  }

  @Test
  void writesTheExampleOfTheFormatPage() throws IOException {
    try (WalWriter writer = WalWriter.create(store, 5, 0x44332211)) {
      writer.append(new PushRecord(new byte[] {1, 't', 0}, 3));
      writer.commit(true);
    }
    byte[] page = new FormatPage("wal.md").example("file");
    assertThat(Path.of(store.path(5))).hasBinaryContent(page);
  }

  @Test
  void readsTheExampleOfTheFormatPage() throws IOException {
    Files.write(Path.of(store.path(5)), new FormatPage("wal.md").example("file"));
    assertThat(read(5)).containsExactly("017400");
  }

  @Test
  void givesBackEveryRecordInOrder() throws IOException {
    List<PushRecord> records = records(20, 300_000);
    write(1, records);
    assertThat(read(1)).containsExactlyElementsOf(texts(records));
    assertThat(damage).isEmpty();
  }

  @Test
  void keepsEveryRecordBeforeACutAtAnyByte() throws IOException {
    List<PushRecord> records = records(6, 40);
    List<Long> ends = write(1, records);
    byte[] whole = Files.readAllBytes(Path.of(store.path(1)));
    for (int cut = 0; cut < whole.length; cut++) {
      Files.write(Path.of(store.path(1)), Arrays.copyOf(whole, cut));
      damage.clear();
      int kept = 0;
      while (kept < ends.size() && ends.get(kept) <= cut) {
        kept++;
      }
      assertThat(read(1)).containsExactlyElementsOf(texts(records.subList(0, kept)));
      boolean onBorder =
          cut == 0 || cut == WalFormat.FILE_HEADER_BYTES || ends.contains((long) cut);
      assertThat(damage).hasSize(onBorder ? 0 : 1).allMatch(line -> line.startsWith("torn at "));
    }
  }

  @Test
  void skipsOnlyTheRecordWithAFlippedBit() throws IOException {
    List<PushRecord> records = records(5, 40);
    List<Long> ends = write(1, records);
    byte[] whole = Files.readAllBytes(Path.of(store.path(1)));
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      int bad = random.nextInt(5);
      long from = bad == 0 ? WalFormat.FILE_HEADER_BYTES : ends.get(bad - 1);
      int at = (int) random.nextLong(from, ends.get(bad));
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(Path.of(store.path(1)), flipped);
      damage.clear();
      List<PushRecord> left = new ArrayList<>(records);
      left.remove(bad);
      assertThat(read(1)).containsExactlyElementsOf(texts(left));
      assertThat(damage).singleElement().asString().startsWith("corrupt at " + from);
    }
  }

  @Test
  void readsOnWhereTheFileHeaderIsDamaged() throws IOException {
    List<PushRecord> records = records(3, 40);
    write(1, records);
    byte[] whole = Files.readAllBytes(Path.of(store.path(1)));
    for (int at = 0; at < WalFormat.FILE_HEADER_BYTES; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= (byte) 0x80;
      Files.write(Path.of(store.path(1)), flipped);
      damage.clear();
      assertThat(read(1)).containsExactlyElementsOf(texts(records));
      assertThat(damage).hasSize(1);
    }
  }

  @Test
  void refusesAFileOfANewerVersion() throws IOException {
    Files.write(Path.of(store.path(1)), WalFormat.fileHeader(2, 1, 77).array());
    assertThatThrownBy(() -> read(1))
        .hasMessage("log file 1 has format version 2, this program reads 1");
  }

  @Test
  void takesATailOfZerosForTorn() throws IOException {
    List<PushRecord> records = records(2, 40);
    write(1, records);
    Files.write(Path.of(store.path(1)), new byte[4096], StandardOpenOption.APPEND);
    assertThat(read(1)).containsExactlyElementsOf(texts(records));
    assertThat(damage).singleElement().asString().startsWith("torn at ");
  }

  @Test
  void givesUpAtOnceWhereHeaderAndMarkAreLost() throws IOException {
    write(1, records(3, 40));
    byte[] bytes = Arrays.copyOf(Files.readAllBytes(Path.of(store.path(1))), 32 << 20);
    Arrays.fill(bytes, 0, 40, (byte) 0);
    Files.write(Path.of(store.path(1)), bytes);
    long start = System.nanoTime();
    assertThat(read(1)).isEmpty();
    assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    assertThat(damage.getFirst()).startsWith("corrupt at 0");
  }

  @Test
  void survivesAnyBytes() throws IOException {
    Random random = new Random(9);
    for (int round = 0; round < 200; round++) {
      byte[] noise = new byte[random.nextInt(500)];
      random.nextBytes(noise);
      Files.write(Path.of(store.path(1)), noise);
      assertThat(read(1)).isEmpty();
    }
  }

  @Test
  void takesBackWhatWasNotCommitted() throws IOException {
    List<PushRecord> records = records(4, 300_000);
    try (WalWriter writer = WalWriter.create(store, 1)) {
      writer.append(records.get(0));
      writer.commit(true);
      writer.append(records.get(1));
      writer.append(records.get(2));
      writer.rollback();
      writer.append(records.get(3));
      writer.commit(true);
    }
    assertThat(read(1)).containsExactlyElementsOf(texts(List.of(records.get(0), records.get(3))));
    assertThat(damage).isEmpty();
  }

  @Test
  void neverGivesOutTheNumberOfAQuarantinedFile() throws IOException {
    write(1, List.of());
    write(7, List.of());
    assertThat(store.quarantine(7)).endsWith("0000000007.wal.corrupt");
    assertThat(store.quarantine(7)).as("again").endsWith("0000000007.wal.corrupt");
    assertThat(store.numbers()).containsExactly(1L);
    assertThat(store.nextNumber()).isEqualTo(8);
  }

  @Test
  void refusesADirectoryThatIsInUse() throws IOException {
    assertThatThrownBy(() -> WalDirectory.open(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is in use by another Skald");
    store.close();
    WalDirectory.open(directory).close();
  }

  @Test
  void keepsWhatAnEarlierRunHasLeftWhereThereIsNoLogAnyMore() throws IOException {
    List<PushRecord> records = records(3, 40);
    write(7, records);
    NoWal none = new NoWal(store);
    assertThat(none.numbers()).containsExactly(7L);
    assertThat(none.nextNumber()).isEqualTo(8);
    try (WalWriter writer = WalWriter.create(none, 8)) {
      writer.append(records.getFirst());
      writer.commit(true);
    }
    assertThat(store.numbers()).containsExactly(7L);
    none.delete(7);
    assertThat(store.numbers()).isEmpty();
  }

  private List<Long> write(long number, List<PushRecord> records) throws IOException {
    List<Long> ends = new ArrayList<>();
    try (WalWriter writer = WalWriter.create(store, number)) {
      for (PushRecord record : records) {
        writer.append(record);
        writer.commit(false);
        ends.add(writer.committedBytes());
      }
    }
    return ends;
  }

  private List<String> read(long number) throws IOException {
    List<String> texts = new ArrayList<>();
    try (WalReader reader = WalReader.open(store, number, new Recorder())) {
      while (reader.next()) {
        texts.add(text(reader.record()));
      }
    }
    return texts;
  }

  private static List<PushRecord> records(int count, int maxBytes) {
    Random random = new Random(count);
    List<PushRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[1 + random.nextInt(maxBytes)];
      random.nextBytes(bytes);
      records.add(new PushRecord(bytes, bytes.length));
    }
    return records;
  }

  private static List<String> texts(List<PushRecord> records) {
    return records.stream().map(WalTest::text).toList();
  }

  private static String text(PushRecord record) {
    return HexFormat.of().formatHex(record.toByteArray());
  }

  private final class Recorder implements WalReader.Damage {
    @Override
    public void torn(long offset, long bytes) {
      damage.add("torn at " + offset + ", " + bytes + " bytes");
    }

    @Override
    public void corrupt(long offset, long bytes, String problem) {
      damage.add("corrupt at " + offset + ", " + bytes + " bytes: " + problem);
    }
  }
}
