package dev.skald.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.Crc32c;
import dev.skald.storage.bytes.LittleEndian;
import dev.skald.storage.bytes.MalformedException;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class CatalogDamageTest {
  private static final LogId LOG = new LogId(1, 2);

  private final MemoryStore objects = new MemoryStore();
  private final List<CorruptDataException> reported = new ArrayList<>();

  private Catalog open() throws IOException {
    return Catalog.open(objects, LOG, () -> Instant.EPOCH, reported::add);
  }

  private static CatalogEdit seal(long number) {
    String key = "segments/a/20000/" + number + ".seg";
    SegmentEntry entry =
        new SegmentEntry(number, "a", 20_000, 0, key, 9, 1, 1, 1, 0, 1, OptionalLong.empty());
    return CatalogEdit.builder().add(entry).seal(LOG, new HeadId(number)).build();
  }

  private static List<Long> numbers(CatalogSnapshot snapshot) {
    return snapshot.segments().stream().map(SegmentEntry::number).toList();
  }

  /** Edit 0 takes over; edit n seals head n. */
  private void write(int seals) throws IOException {
    Catalog catalog = open();
    for (int i = 1; i <= seals; i++) {
      catalog.commit(seal(i));
    }
  }

  private void flip(String key, int at) {
    byte[] changed = objects.objects.get(key).clone();
    changed[at] ^= (byte) (1 << (at % 8));
    objects.objects.put(key, changed);
  }

  private void checkLost(String key, List<Long> left) throws IOException {
    reported.clear();
    Catalog catalog = open();
    assertThat(reported).hasSize(1);
    assertThat(reported.getFirst().path()).isEqualTo(key);
    assertThat(catalog.damaged()).isTrue();
    assertThat(numbers(catalog.snapshot())).isEqualTo(left);
  }

  @Test
  void anEditThatIsCutAtAnyByteIsReportedAndCostsNoOther() throws IOException {
    write(3);
    var whole = new TreeMap<>(objects.objects);
    String key = CatalogKeys.edit(2);
    for (int length = 0; length < whole.get(key).length; length++) {
      objects.objects.clear();
      objects.objects.putAll(whole);
      objects.objects.put(key, Arrays.copyOf(whole.get(key), length));
      checkLost(key, List.of(1L, 3L));
    }
  }

  @Test
  void aFlippedBitAnywhereIsReportedAndCostsNoOtherEdit() throws IOException {
    write(3);
    var whole = new TreeMap<>(objects.objects);
    String key = CatalogKeys.edit(2);
    for (int at = 0; at < whole.get(key).length; at++) {
      objects.objects.clear();
      objects.objects.putAll(whole);
      flip(key, at);
      checkLost(key, List.of(1L, 3L));
    }
  }

  @Test
  void aMissingEditIsReportedAndCostsNoOther() throws IOException {
    write(3);
    objects.objects.remove(CatalogKeys.edit(2));
    checkLost(CatalogKeys.edit(2), List.of(1L, 3L));
  }

  @Test
  void damageIsReportedOnceAndNotedForGood() throws IOException {
    write(3);
    flip(CatalogKeys.edit(2), 40);
    byte[] bad = objects.objects.get(CatalogKeys.edit(2));
    for (int restart = 0; restart < 4; restart++) {
      Catalog catalog = open();
      assertThat(catalog.damaged()).isTrue();
      assertThat(numbers(catalog.snapshot())).containsExactly(1L, 3L);
    }
    assertThat(reported).hasSize(1);
    assertThat(objects.objects.get(CatalogKeys.edit(2) + ".corrupt")).isEqualTo(bad);
  }

  @Test
  void segmentNumbersGoOnFarFromThoseOfALostEdit() throws IOException {
    open();
    long lost = open().nextSegmentNumber();
    objects.objects.remove(CatalogKeys.edit(0));
    objects.objects.remove(CatalogKeys.edit(1));
    objects.objects.put("segments/a/20000/000001000000.seg", new byte[1]);
    assertThat(open().nextSegmentNumber()).isGreaterThan(lost + CatalogState.BLOCK);
    assertThat(reported).hasSize(1);
    assertThat(reported.getFirst()).hasMessageContaining("no catalog");
  }

  @Test
  void aCheckpointThatIsBadAtAnyByteCostsNothing() throws IOException {
    write(120);
    var whole = new TreeMap<>(objects.objects);
    String newest = CatalogKeys.state(CatalogKeys.of(whole.keySet()).states().last());
    List<Long> all = numbers(open().snapshot());
    assertThat(all).hasSize(120);
    for (int at = 0; at < whole.get(newest).length; at++) {
      objects.objects.clear();
      objects.objects.putAll(whole);
      flip(newest, at);
      reported.clear();
      Catalog catalog = open();
      assertThat(reported).hasSize(1);
      assertThat(reported.getFirst().path()).isEqualTo(newest);
      assertThat(numbers(catalog.snapshot())).isEqualTo(all);
      assertThat(catalog.damaged()).isFalse();
    }
    assertThat(numbers(open().snapshot())).isEqualTo(all);
    assertThat(reported).hasSize(1);
  }

  @Test
  void withoutAGoodCheckpointTheEditsStillCount() throws IOException {
    write(120);
    CatalogKeys keys = CatalogKeys.of(objects.objects.keySet());
    keys.states().forEach(state -> flip(CatalogKeys.state(state), 30));
    Catalog catalog = open();
    assertThat(catalog.damaged()).isTrue();
    List<Long> left = keys.edits().stream().filter(edit -> edit > 0).toList();
    assertThat(left).isNotEmpty();
    assertThat(numbers(catalog.snapshot())).isEqualTo(left);
    catalog.commit(seal(500));
    assertThat(numbers(open().snapshot())).contains(500L).containsAll(left);
  }

  @Test
  void keepsNoMoreThanTwoCheckpointsAndTheEditsAfterTheOlder() throws IOException {
    write(1000);
    CatalogKeys keys = CatalogKeys.of(objects.objects.keySet());
    assertThat(keys.states()).hasSize(2);
    assertThat(keys.edits().first()).isEqualTo(keys.states().first() + 1);
    assertThat(keys.edits()).hasSizeLessThan(2 * 48 + 1);
    assertThat(numbers(open().snapshot())).hasSize(1000);
  }

  @Test
  void anObjectOfAnotherVersionIsNotTakenForDamage() throws IOException {
    write(2);
    byte[] later = objects.objects.get(CatalogKeys.edit(1)).clone();
    LittleEndian.putInt(later, 8, 2);
    LittleEndian.putInt(later, later.length - 4, Crc32c.of(later, 0, later.length - 4));
    objects.objects.put(CatalogKeys.edit(1), later);
    assertThatThrownBy(this::open)
        .hasMessage("catalog/000000000001.edit is of version 2, this Skald reads version 1");
    assertThat(reported).isEmpty();
  }

  @Test
  void anEditUnderTheNameOfAnotherIsReported() throws IOException {
    write(3);
    objects.objects.put(CatalogKeys.edit(2), objects.objects.get(CatalogKeys.edit(3)));
    checkLost(CatalogKeys.edit(2), List.of(1L, 3L));
  }

  @Test
  void anObjectThatIsNoneOfTheCatalogIsLeftAlone() throws IOException {
    write(1);
    objects.objects.put("catalog/README", new byte[] {1});
    objects.objects.put("catalog/1.edit", new byte[] {1});
    assertThat(numbers(open().snapshot())).containsExactly(1L);
    assertThat(objects.objects).containsKeys("catalog/README", "catalog/1.edit");
    assertThat(reported).isEmpty();
  }

  @Test
  void aNumberFarAwayTakesNoTime() throws IOException {
    write(1);
    objects.objects.put(
        CatalogKeys.edit(900_000_000_000_000_000L), objects.objects.get(CatalogKeys.edit(1)));
    Catalog catalog = open();
    assertThat(numbers(catalog.snapshot())).containsExactly(1L);
    assertThat(catalog.damaged()).isTrue();
  }

  @Test
  void aSweptSegmentIsGoneEvenIfItsRemovalWasLost() throws IOException {
    write(2);
    Catalog catalog = open();
    SegmentEntry one = catalog.snapshot().segments().getFirst();
    catalog.commit(CatalogEdit.builder().remove(one, Instant.EPOCH, Duration.ZERO).build());
    String removal = CatalogKeys.edit(CatalogKeys.of(objects.objects.keySet()).greatest());
    Garbage garbage = catalog.snapshot().garbage().iterator().next();
    catalog.commit(CatalogEdit.builder().sweep(garbage).build());
    flip(removal, 30);
    assertThat(numbers(open().snapshot())).containsExactly(2L);
  }

  @Property(tries = 3000)
  void badBytesAreCalledMalformedAndNothingElse(@ForAll Random random) {
    byte[] bytes = new byte[random.nextInt(120)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      // Small numbers get further into a decoder than large ones.
      bytes[i] = random.nextInt(4) == 0 ? bytes[i] : (byte) (bytes[i] & 7);
    }
    try {
      EditCodec.decode(new ByteReader(bytes));
    } catch (MalformedException | IllegalArgumentException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
    try {
      StateCodec.decode(0, new ByteReader(bytes));
    } catch (MalformedException | IllegalArgumentException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }

  @Property(tries = 1000)
  void whatIsReadIsWhatWasWritten(@ForAll Random random) {
    CatalogEdit.Builder edit = CatalogEdit.builder();
    for (int i = random.nextInt(20); i > 0; i--) {
      addRandom(edit, random);
    }
    var writer = new EditCodec.Writer(new LogId(random.nextLong(), random.nextLong()), -1);
    var signed =
        new EditCodec.Signed(writer, Instant.ofEpochMilli(random.nextLong() >> 20), edit.build());
    byte[] bytes = EditCodec.encode(signed);
    assertThat(EditCodec.decode(new ByteReader(bytes))).isEqualTo(signed);
    CatalogState state = new CatalogState();
    state.apply(3, edit.build());
    byte[] encoded = StateCodec.encode(state);
    CatalogState read = StateCodec.decode(3, new ByteReader(encoded));
    assertThat(StateCodec.encode(read)).isEqualTo(encoded);
  }

  private static void addRandom(CatalogEdit.Builder edit, Random random) {
    long number = random.nextLong() >>> 5;
    String text = "t" + random.nextInt(3);
    LogId log = new LogId(0, random.nextInt(3));
    HeadId head = new HeadId(random.nextLong() >>> 3);
    SegmentEntry entry =
        new SegmentEntry(
            number,
            text,
            random.nextInt(),
            random.nextInt(3),
            "key" + number,
            random.nextLong() >>> 1,
            random.nextInt() >>> 1,
            random.nextInt() >>> 1,
            random.nextLong() >>> 1,
            random.nextLong(),
            random.nextLong(),
            random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(head.number()));
    Instant time = Instant.ofEpochMilli(random.nextInt());
    var status = DeleteRequest.Status.values()[random.nextInt(2)];
    DeleteRequest request =
        new DeleteRequest(
            text,
            text,
            "{a=\"b\"}",
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            status);
    switch (random.nextInt(7)) {
      case 0 -> edit.add(entry);
      case 1 -> edit.remove(entry, time, Duration.ofMillis(random.nextInt() >>> 1));
      case 2 -> edit.sweep(new Garbage(text, 1, time, Duration.ZERO));
      case 3 -> edit.seal(log, head);
      case 4 -> edit.forget(log, head);
      case 5 -> edit.put(request);
      default -> edit.drop(request);
    }
  }
}
