package dev.skald.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.testing.FaultyStore;
import dev.skald.storage.testing.FaultyStore.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CatalogTest {
  private static final Instant NOW = Instant.parse("2026-10-04T12:00:00Z");
  private static final LogId LOG = new LogId(1, 2);
  private static final LogId OTHER = new LogId(3, 4);

  private final MemoryStore objects = new MemoryStore();
  private final FaultyStore store = new FaultyStore(objects);
  private final List<CorruptDataException> reported = new ArrayList<>();

  private Catalog open() throws IOException {
    return open(LOG);
  }

  private Catalog open(LogId log) throws IOException {
    return Catalog.open(store, log, () -> NOW, reported::add);
  }

  private static SegmentEntry entry(long number, String tenant) {
    String key = "segments/" + tenant + "/20000/" + number + ".seg";
    return new SegmentEntry(
        number, tenant, 20_000, 0, key, 1000, 100, 3, 50, -5, 7, OptionalLong.of(number));
  }

  private static CatalogEdit seal(long number) {
    return CatalogEdit.builder()
        .add(entry(number, "a"))
        .add(entry(number + 100, "b"))
        .seal(LOG, new HeadId(number))
        .build();
  }

  private static CatalogEdit replace(SegmentEntry by, SegmentEntry... removed) {
    CatalogEdit.Builder edit = CatalogEdit.builder().add(by);
    for (SegmentEntry segment : removed) {
      edit.remove(segment, NOW, Duration.ofMinutes(5));
    }
    return edit.build();
  }

  private static List<Long> numbers(CatalogSnapshot snapshot) {
    return snapshot.segments().stream().map(SegmentEntry::number).toList();
  }

  private static boolean sealed(Catalog catalog, long head) {
    return catalog.snapshot().sealed(LOG, new HeadId(head));
  }

  @Test
  void headsThatAreSealedInAnotherOrderStandInThatOfTheirArrival() throws IOException {
    try (Catalog catalog = open()) {
      catalog.commit(seal(3));
      catalog.commit(seal(1));
      catalog.commit(seal(2));

      assertThat(catalog.snapshot().segments("a"))
          .extracting(SegmentEntry::number)
          .containsExactly(1L, 2L, 3L);
    }
    try (Catalog catalog = open()) {
      assertThat(catalog.snapshot().segments("a"))
          .extracting(SegmentEntry::number)
          .containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void keepsEditsAcrossRestarts() throws IOException {
    Catalog first = open();
    first.commit(seal(1));
    first.commit(seal(2));
    first.commit(replace(entry(200, "a"), entry(1, "a"), entry(2, "a")));
    for (int restart = 0; restart < 3; restart++) {
      Catalog catalog = open();
      assertThat(numbers(catalog.snapshot())).containsExactly(101L, 102L, 200L);
      assertThat(catalog.snapshot().segments("a")).containsExactly(entry(200, "a"));
      assertThat(catalog.snapshot().garbage())
          .extracting(Garbage::key)
          .containsExactly(entry(1, "a").key(), entry(2, "a").key());
      assertThat(sealed(catalog, 2)).isTrue();
      assertThat(catalog.nextHeadNumber()).isEqualTo(3);
    }
    assertThat(reported).isEmpty();
  }

  @Test
  void neverGivesOutASegmentNumberTwice() throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (int restart = 0; restart < 3; restart++) {
      Catalog catalog = open();
      numbers.add(catalog.nextSegmentNumber());
      numbers.add(catalog.nextSegmentNumber());
    }
    assertThat(numbers).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void keepsHeadsOfOneLogApartFromThoseOfAnother() throws IOException {
    open().commit(seal(1));
    Catalog other = open(OTHER);
    assertThat(other.snapshot().sealed(OTHER, new HeadId(1))).isFalse();
    assertThat(other.nextHeadNumber()).isZero();
    other.commit(CatalogEdit.builder().seal(OTHER, new HeadId(7)).build());
    Catalog again = open();
    assertThat(sealed(again, 1)).isTrue();
    assertThat(sealed(again, 7)).isFalse();
    assertThat(again.nextHeadNumber()).isEqualTo(2);
  }

  @Test
  void aWriterThatWasReplacedIsFencedForGood() throws IOException {
    Catalog first = open();
    first.commit(seal(1));
    Catalog second = open(OTHER);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> first.commit(seal(2)))
          .isInstanceOf(FencedException.class)
          .hasMessageContaining(OTHER.toString())
          .hasMessageContaining(NOW.toString());
    }
    assertThat(first.fenced()).isNotNull();
    assertThat(second.fenced()).isNull();
    second.commit(seal(3));
    assertThat(numbers(open().snapshot())).containsExactly(1L, 3L, 101L, 103L);
  }

  @Test
  void aSecondProcessWithACopyOfTheLogFencesTheFirst() throws IOException {
    Catalog first = open();
    open();
    assertThatThrownBy(() -> first.commit(seal(2))).isInstanceOf(FencedException.class);
  }

  @Test
  void aWriterThatSleptWhileItsNumberWasMadeAndDeletedIsFenced() throws IOException {
    Catalog first = open();
    first.commit(seal(1));
    Catalog second = open(OTHER);
    for (int i = 2; i < 200; i++) {
      second.commit(seal(i));
    }
    assertThat(objects.objects).doesNotContainKey(CatalogKeys.edit(2));
    assertThatThrownBy(() -> first.commit(seal(1000))).isInstanceOf(FencedException.class);
    assertThat(open().snapshot().sealed(LOG, new HeadId(1000))).isFalse();
  }

  @Test
  void anEditWhoseAnswerWasLostIsMadeOnce() throws IOException {
    Catalog catalog = open();
    store.failAfter(0, Fault.AFTER);
    assertThatThrownBy(() -> catalog.commit(seal(1))).isInstanceOf(IOException.class);
    assertThat(sealed(catalog, 1)).isFalse();
    catalog.commit(seal(1));
    catalog.commit(seal(2));
    assertThat(numbers(catalog.snapshot())).containsExactly(1L, 2L, 101L, 102L);
    assertThat(numbers(open().snapshot())).containsExactly(1L, 2L, 101L, 102L);
  }

  @Test
  void anEditWhoseAnswerWasLostIsFoundBeforeTheNextOne() throws IOException {
    Catalog catalog = open();
    store.failAfter(0, Fault.AFTER);
    assertThatThrownBy(() -> catalog.commit(seal(1))).isInstanceOf(IOException.class);
    catalog.settle();
    assertThat(sealed(catalog, 1)).isTrue();
    assertThatThrownBy(() -> catalog.commit(seal(1))).hasMessageContaining("is there already");
  }

  @Test
  void anEditThatHasFailedIsNotMade() throws IOException {
    Catalog catalog = open();
    store.failAfter(0, Fault.BEFORE);
    assertThatThrownBy(() -> catalog.commit(seal(1))).isInstanceOf(IOException.class);
    catalog.commit(seal(2));
    assertThat(numbers(catalog.snapshot())).containsExactly(2L, 102L);
    assertThat(numbers(open().snapshot())).containsExactly(2L, 102L);
  }

  @Test
  void anEditThatComesThroughLateIsNotOverwritten() throws IOException {
    LateStore late = new LateStore(objects);
    Catalog catalog = Catalog.open(late, LOG, () -> NOW, reported::add);
    late.holdNext();
    assertThatThrownBy(() -> catalog.commit(seal(1))).isInstanceOf(IOException.class);
    catalog.settle();
    assertThat(sealed(catalog, 1)).isFalse();
    late.letThrough();
    catalog.commit(seal(2));
    assertThat(numbers(catalog.snapshot())).containsExactly(1L, 2L, 101L, 102L);
    assertThat(numbers(open().snapshot())).containsExactly(1L, 2L, 101L, 102L);
  }

  @Test
  void refusesToRemoveWhatIsGone() throws IOException {
    Catalog catalog = open();
    catalog.commit(seal(1));
    catalog.commit(replace(entry(5, "a"), entry(1, "a")));
    assertThatThrownBy(() -> catalog.commit(replace(entry(6, "a"), entry(1, "a"))))
        .hasMessageContaining("segments [1] are not there any more");
    assertThat(numbers(catalog.snapshot())).containsExactly(5L, 101L);
  }

  @Test
  void forgetsHeadsAtTheNextOpenOnly() throws IOException {
    Catalog catalog = open();
    catalog.commit(seal(1));
    catalog.commit(CatalogEdit.builder().forget(LOG, new HeadId(1)).build());
    assertThat(sealed(catalog, 1)).isTrue();
    for (int restart = 0; restart < 3; restart++) {
      Catalog again = open();
      assertThat(sealed(again, 1)).isFalse();
      assertThat(again.nextHeadNumber()).isEqualTo(2);
    }
  }

  @Test
  void keepsDeleteRequests() throws IOException {
    DeleteRequest one =
        new DeleteRequest("1", "a", "{app=\"x\"}", 1, 2, 3, DeleteRequest.Status.RECEIVED);
    DeleteRequest two =
        new DeleteRequest("1", "b", "{app=\"y\"}", -1, 2, 4, DeleteRequest.Status.RECEIVED);
    Catalog catalog = open();
    catalog.commit(CatalogEdit.builder().put(one).put(two).build());
    catalog.commit(
        CatalogEdit.builder()
            .put(one.withStatus(DeleteRequest.Status.PROCESSED))
            .drop(two)
            .build());
    assertThat(open().snapshot().deleteRequests())
        .containsExactly(one.withStatus(DeleteRequest.Status.PROCESSED));
    assertThat(open().snapshot().deleteRequests("b")).isEmpty();
  }

  @Test
  void sweptGarbageIsForgotten() throws IOException {
    Catalog catalog = open();
    catalog.commit(seal(1));
    catalog.commit(replace(entry(5, "a"), entry(1, "a")));
    Garbage garbage = catalog.snapshot().garbage().iterator().next();
    assertThat(garbage.due(NOW.plusSeconds(299))).isFalse();
    assertThat(garbage.due(NOW.plusSeconds(300))).isTrue();
    catalog.commit(CatalogEdit.builder().sweep(garbage).build());
    assertThat(open().snapshot().garbage()).isEmpty();
  }

  @Test
  void opensWhereNothingCanBeWrittenAndTakesOverLater() throws IOException {
    open().commit(seal(1));
    store.failAfter(4, Fault.BEFORE);
    Catalog catalog = null;
    for (long calls = 0; catalog == null || !store.hasFailed(); calls++) {
      store.failAfter(calls, Fault.BEFORE);
      try {
        catalog = open();
      } catch (IOException reading) {
        catalog = null;
      }
    }
    assertThat(numbers(catalog.snapshot())).containsExactly(1L, 101L);
    catalog.commit(seal(2));
    assertThat(numbers(open().snapshot())).containsExactly(1L, 2L, 101L, 102L);
  }

  @Test
  void takesNoEditsOnceClosed() throws IOException {
    Catalog catalog = open();
    catalog.close();
    assertThatThrownBy(() -> catalog.commit(seal(1))).hasMessageEndingWith("is closed");
  }

  @Test
  void anOldSnapshotStaysAsItWas() throws IOException {
    Catalog catalog = open();
    catalog.commit(seal(1));
    CatalogSnapshot before = catalog.snapshot();
    catalog.commit(replace(entry(5, "a"), entry(1, "a")));
    catalog.commit(seal(9));
    assertThat(before.segments("a")).containsExactly(entry(1, "a"));
    assertThat(before.sealed(LOG, new HeadId(9))).isFalse();
    assertThat(before.garbage()).isEmpty();
  }

  @Test
  void aReaderFollowsTheWriter() throws IOException {
    CatalogReader reader = CatalogReader.open(objects, reported::add);
    assertThat(reader.snapshot().segments()).isEmpty();
    Catalog writer = open();
    for (int i = 1; i < 100; i++) {
      writer.commit(seal(1000 * i));
      reader.refresh();
      assertThat(numbers(reader.snapshot())).isEqualTo(numbers(writer.snapshot()));
    }
    assertThat(reported).isEmpty();
  }

  @Test
  void aReaderThatMissedEditsCatchesUp() throws IOException {
    Catalog writer = open();
    CatalogReader reader = CatalogReader.open(objects, reported::add);
    for (int i = 1; i < 300; i++) {
      writer.commit(seal(1000 * i));
    }
    for (int i = 0; i < 8; i++) {
      reader.refresh();
    }
    assertThat(numbers(reader.snapshot())).isEqualTo(numbers(writer.snapshot()));
  }

  @Test
  void processesThatMakeFewEditsEachMakeCheckpointsTogether() throws IOException {
    for (int start = 0; start < 300; start++) {
      open();
    }
    assertThat(objects.objects).hasSizeLessThan(120);
    assertThat(reported).isEmpty();
  }
}
