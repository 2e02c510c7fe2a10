package dev.skald.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.ByteBudget;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.object.CorruptionListener;
import dev.skald.storage.object.GatedStore;
import dev.skald.storage.object.LocalRanges;
import dev.skald.storage.object.MemoryStore;
import dev.skald.storage.segment.ReadPath;
import dev.skald.storage.segment.SegmentOptions;
import dev.skald.storage.segment.SegmentReader;
import dev.skald.storage.segment.SegmentWriter;
import dev.skald.storage.segment.WrittenSegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class SegmentCacheTest {
  private final MemoryStore memory = new MemoryStore();
  private final GatedStore store = new GatedStore(memory);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<CorruptDataException> reported = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private SegmentCache cache(long capacity) {
    return cache(capacity, reported::add);
  }

  private SegmentCache cache(long capacity, CorruptionListener listener) {
    ReadPath path = new ReadPath(new LocalRanges(store), threads, new ByteBudget(0), 0);
    return new SegmentCache(path, capacity, listener);
  }

  private List<SegmentEntry> entries(int count) {
    List<SegmentEntry> entries = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      TestEntry entry = TestEntry.of(Labels.of("app", "a" + number), number, "x", Map.of());
      try (SegmentWriter writer = new SegmentWriter(SegmentOptions.SEAL)) {
        WrittenSegment segment = writer.write("t", List.of(Batches.of(List.of(entry)))).getFirst();
        memory.put("segment-" + number, segment.content());
        entries.add(entry(number, segment));
      }
    }
    return entries;
  }

  private static SegmentEntry entry(long number, WrittenSegment segment) {
    return new SegmentEntry(
        number,
        "t",
        segment.day(),
        SegmentEntry.SEALED,
        "segment-" + number,
        segment.bytes(),
        segment.tailLength(),
        segment.streams(),
        segment.entries(),
        segment.minTime(),
        segment.maxTime(),
        OptionalLong.empty());
  }

  private static List<String> keys(List<SegmentReader> readers) {
    return readers.stream().map(SegmentReader::key).toList();
  }

  @Test
  void opensTheSegmentsOfAQueryAtTheSameTimeAndOnlyOnce() throws Exception {
    List<SegmentEntry> entries = entries(5);
    SegmentCache cache = cache(1 << 20);
    store.shut();
    Future<List<SegmentReader>> opening = threads.submit(() -> cache.open(entries));
    store.awaitGets(5);
    store.open();
    assertThat(keys(opening.get())).containsExactlyElementsOf(memory.objects.keySet());
    assertThat(cache.open(entries)).isEqualTo(opening.get());
    assertThat(store.gets()).hasSize(5);
  }

  @Test
  void twoThreadsThatWantOneSegmentShareAGet() throws Exception {
    List<SegmentEntry> both = entries(2);
    SegmentCache cache = cache(1 << 20);
    store.shut();
    Future<List<SegmentReader>> first = threads.submit(() -> cache.open(both.subList(0, 1)));
    store.awaitGets(1);
    Future<List<SegmentReader>> second = threads.submit(() -> cache.open(both));
    store.awaitGets(2);
    store.open();
    assertThat(second.get()).hasSize(2).containsAll(first.get());
    assertThat(store.gets()).hasSize(2);
  }

  @Test
  void opensAgainWhatHadToMakeRoom() {
    List<SegmentEntry> entries = entries(3);
    SegmentCache cache = cache(1);
    entries.forEach(entry -> assertThat(cache.open(List.of(entry))).hasSize(1));
    cache.open(entries.subList(2, 3));
    assertThat(store.gets()).hasSize(3);
    cache.open(entries.subList(0, 1));
    assertThat(store.gets()).hasSize(4);
  }

  @Test
  void aFailureNamesTheSegmentAndIsForgotten() {
    List<SegmentEntry> entries = entries(2);
    SegmentCache cache = cache(1 << 20);
    store.fail(new IOException("503 slow down"));
    assertThatThrownBy(() -> cache.open(entries))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot open segment-0")
        .hasRootCauseMessage("503 slow down");
    store.fail(null);
    assertThat(cache.open(entries)).hasSize(2);
    assertThat(reported).isEmpty();
  }

  @Test
  void leavesOutASegmentThatIsBadAndAsksForItOnce() {
    List<SegmentEntry> entries = entries(3);
    memory.objects.get("segment-1")[(int) entries.get(1).bytes() - 30] ^= 1;
    SegmentCache cache = cache(1 << 20);
    assertThat(keys(cache.open(entries))).containsExactly("segment-0", "segment-2");
    assertThat(keys(cache.open(entries))).containsExactly("segment-0", "segment-2");
    assertThat(store.gets()).hasSize(3);
    assertThat(reported).hasSize(1);
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aListenerThatFailsKeepsNobodyWaiting() {
    List<SegmentEntry> entries = entries(1);
    memory.objects.get("segment-0")[(int) entries.get(0).bytes() - 30] ^= 1;
    SegmentCache cache =
        cache(
            1 << 20,
            what -> {
              throw new IllegalStateException("the listener has failed");
            });
    assertThatThrownBy(() -> cache.open(entries))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the listener has failed");
    assertThat(cache.open(entries)).isEmpty();
  }
}
