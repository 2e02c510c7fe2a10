package dev.skald.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.FaultyStore.Fault;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A writer that meets bytes at its next number that nobody can read. */
final class UnreadableEditTest {
  private static final LogId LOG = new LogId(1, 2);
  private static final LogId OTHER = new LogId(3, 4);

  private final MemoryStore objects = new MemoryStore();
  private final FaultyStore store = new FaultyStore(objects);
  private final List<CorruptDataException> reported = new ArrayList<>();
  private Catalog catalog;

  @BeforeEach
  void open() throws IOException {
    catalog = open(LOG);
    catalog.commit(seal(1));
  }

  private Catalog open(LogId log) throws IOException {
    return Catalog.open(store, log, () -> Instant.EPOCH, reported::add);
  }

  private static CatalogEdit seal(long number) {
    String key = "segments/a/20000/" + number + ".seg";
    SegmentEntry entry =
        new SegmentEntry(number, "a", 20_000, 0, key, 9, 1, 1, 1, 0, 1, OptionalLong.empty());
    return CatalogEdit.builder().add(entry).seal(LOG, new HeadId(number)).build();
  }

  private static List<Long> numbers(Catalog catalog) {
    return catalog.snapshot().segments().stream().map(SegmentEntry::number).toList();
  }

  private void garble(long edit) {
    objects.objects.put(CatalogKeys.edit(edit), new byte[] {1, 2, 3});
  }

  @Test
  void leavesItOutWhenItIsBadASecondTime() throws IOException {
    garble(2);
    assertThatThrownBy(() -> catalog.commit(seal(2))).isInstanceOf(CorruptDataException.class);
    assertThat(reported).isEmpty();
    catalog.commit(seal(2));
    assertThat(numbers(catalog)).containsExactly(1L, 2L);
    assertThat(catalog.damaged()).isTrue();
    assertThat(reported)
        .singleElement()
        .extracting(CorruptDataException::path)
        .isEqualTo(CatalogKeys.edit(2));
  }

  @Test
  void makesItsOwnEditAgainThatWasGarbledOnTheWay() throws IOException {
    store.failAfter(0, Fault.AFTER);
    assertThatThrownBy(() -> catalog.commit(seal(2))).isInstanceOf(IOException.class);
    store.heal();
    garble(2);
    assertThatThrownBy(() -> catalog.commit(seal(2))).isInstanceOf(CorruptDataException.class);
    catalog.commit(seal(2));
    catalog.commit(seal(3));
    assertThat(catalog.isInDoubt()).isFalse();
    assertThat(numbers(open(LOG))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void waitsForWhatIsReadableTheNextTime() throws IOException {
    store.failAfter(0, Fault.AFTER);
    assertThatThrownBy(() -> catalog.commit(seal(2))).isInstanceOf(IOException.class);
    store.heal();
    byte[] good = objects.objects.get(CatalogKeys.edit(2));
    garble(2);
    assertThatThrownBy(() -> catalog.settle()).isInstanceOf(CorruptDataException.class);
    objects.objects.put(CatalogKeys.edit(2), good);
    catalog.commit(seal(2));
    assertThat(numbers(catalog)).containsExactly(1L, 2L);
    assertThat(catalog.damaged()).isFalse();
  }

  @Test
  void writesNoMoreIfAnotherHasGoneOn() throws IOException {
    garble(2);
    Catalog other = open(OTHER);
    assertThatThrownBy(() -> catalog.commit(seal(2))).isInstanceOf(CorruptDataException.class);
    assertThatThrownBy(() -> catalog.commit(seal(2))).isInstanceOf(FencedException.class);
    other.commit(seal(3));
    assertThat(numbers(other)).containsExactly(1L, 3L);
  }
}
