package dev.skald.storage.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoteRangesTest {
  private static final int CHUNK = PageCache.CHUNK;
  private static final int SIZE = 40 * CHUNK + 1234;

  @TempDir Path directory;

  private final byte[] content = new byte[SIZE];
  private final MemoryStore memory = new MemoryStore();
  private final GatedStore store = new GatedStore(memory);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  RemoteRangesTest() {
    new Random(1).nextBytes(content);
    memory.put("a", List.of(ByteBuffer.wrap(content)));
  }

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private RemoteRanges uncached() {
    return new RemoteRanges(store, PageCache.none(), PageCacheListener.NONE);
  }

  private PageCache cache(long capacity) throws IOException {
    return PageCache.open(directory.resolve("pages"), capacity);
  }

  private byte[] wanted(long offset, int length) {
    return Arrays.copyOfRange(content, (int) offset, (int) offset + length);
  }

  private Callable<byte[]> reading(RemoteRanges ranges, long offset, int length) {
    return () -> ranges.read("a", SIZE, offset, length);
  }

  @Test
  void readsTheSameWithAndWithoutACache() throws IOException {
    Random random = new Random(3);
    try (PageCache cache = cache(9L * CHUNK)) {
      RemoteRanges cached = new RemoteRanges(store, cache, PageCacheListener.NONE);
      for (int i = 0; i < 400; i++) {
        int offset = random.nextInt(SIZE);
        int length = random.nextInt(Math.min(SIZE - offset + 1, random.nextInt(1, 1 << 21)));
        assertThat(Arrays.equals(cached.read("a", SIZE, offset, length), wanted(offset, length)))
            .isTrue();
        assertThat(
                Arrays.equals(uncached().read("a", SIZE, offset, length), wanted(offset, length)))
            .isTrue();
      }
    }
  }

  @Test
  void servesWhatItHasReadOnceWithoutAGet() throws IOException {
    AtomicInteger hits = new AtomicInteger();
    AtomicInteger misses = new AtomicInteger();
    PageCacheListener listener =
        new PageCacheListener() {
          @Override
          public void hit(long bytes) {
            hits.addAndGet((int) bytes);
          }

          @Override
          public void miss(long bytes) {
            misses.addAndGet((int) bytes);
          }
        };
    try (PageCache cache = cache(9L * CHUNK)) {
      RemoteRanges cached = new RemoteRanges(store, cache, listener);
      cached.read("a", SIZE, SIZE - 100, 100);
      cached.read("a", SIZE, SIZE - 1200, 700);
      cached.read("a", SIZE, 10, CHUNK);
      cached.read("a", SIZE, 2 * CHUNK - 5, 5);
      assertThat(store.gets())
          .containsExactly(
              new GatedStore.Get("a", 40 * CHUNK, 1234), new GatedStore.Get("a", 0, 2 * CHUNK));
      assertThat(misses).hasValue(1234 + 2 * CHUNK);
      assertThat(hits).hasValue(1234 + CHUNK);
    }
  }

  @Test
  void readsOverAFewCachedChunksInOneGet() throws IOException {
    try (PageCache cache = cache(40L * CHUNK)) {
      RemoteRanges cached = new RemoteRanges(store, cache, PageCacheListener.NONE);
      cached.read("a", SIZE, 3 * CHUNK, 8 * CHUNK);
      cached.read("a", SIZE, 20 * CHUNK, 9 * CHUNK);
      store.forgetGets();
      byte[] read = cached.read("a", SIZE, 0, 35 * CHUNK);
      assertThat(Arrays.equals(read, wanted(0, 35 * CHUNK))).isTrue();
      assertThat(store.gets())
          .containsExactly(
              new GatedStore.Get("a", 0, 20 * CHUNK),
              new GatedStore.Get("a", 29 * CHUNK, 6 * CHUNK));
    }
  }

  @Test
  void fetchesASmallObjectWholeIfItCanBeKept() throws IOException {
    memory.put("small", List.of(ByteBuffer.wrap(content, 0, 5 * CHUNK).slice()));
    try (PageCache cache = cache(9L * CHUNK)) {
      RemoteRanges cached = new RemoteRanges(store, cache, PageCacheListener.NONE);
      assertThat(cached.read("small", 5 * CHUNK, 5 * CHUNK - 9, 9))
          .isEqualTo(wanted(5 * CHUNK - 9, 9));
      assertThat(cached.read("small", 5 * CHUNK, 7, 600_000)).isEqualTo(wanted(7, 600_000));
      assertThat(store.gets()).hasSize(1);
    }
    uncached().read("small", 5 * CHUNK, 5 * CHUNK - 9, 9);
    assertThat(store.gets().getLast()).isEqualTo(new GatedStore.Get("small", 4 * CHUNK, CHUNK));
  }

  @Test
  void threadsThatWantOneRangeShareAGet() throws Exception {
    CountDownLatch misses = new CountDownLatch(3 + 2 + 3 * 3);
    RemoteRanges ranges = new RemoteRanges(store, PageCache.none(), onMiss(misses::countDown));
    store.shut();
    Future<byte[]> first = threads.submit(reading(ranges, 5, 3 * CHUNK - 5));
    store.awaitGets(1);
    List<Future<byte[]>> others = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      others.add(threads.submit(reading(ranges, i * 1000, 2 * CHUNK)));
    }
    misses.await();
    store.open();
    assertThat(first.get()).isEqualTo(wanted(5, 3 * CHUNK - 5));
    for (int i = 0; i < 4; i++) {
      assertThat(others.get(i).get()).isEqualTo(wanted(i * 1000, 2 * CHUNK));
    }
    assertThat(store.gets()).hasSize(1);
  }

  private static PageCacheListener onMiss(Runnable then) {
    return new PageCacheListener() {
      @Override
      public void hit(long bytes) {}

      @Override
      public void miss(long bytes) {
        then.run();
      }
    };
  }

  @Test
  void fetchesOnlyTheChunksThatNobodyElseIsReading() throws Exception {
    RemoteRanges ranges = uncached();
    store.shut();
    Future<byte[]> first = threads.submit(reading(ranges, 0, 3 * CHUNK));
    store.awaitGets(1);
    Future<byte[]> second = threads.submit(reading(ranges, CHUNK, 4 * CHUNK));
    store.awaitGets(2);
    store.open();
    assertThat(first.get()).isEqualTo(wanted(0, 3 * CHUNK));
    assertThat(second.get()).isEqualTo(wanted(CHUNK, 4 * CHUNK));
    assertThat(store.gets())
        .containsExactly(
            new GatedStore.Get("a", 0, 3 * CHUNK), new GatedStore.Get("a", 3 * CHUNK, 2 * CHUNK));
  }

  @Test
  void aReaderThatGivesUpHarmsNobodyWhoWaitsForIt() throws Exception {
    RemoteRanges ranges = uncached();
    store.shut();
    CountDownLatch failed = new CountDownLatch(1);
    Thread impatient =
        Thread.startVirtualThread(
            () -> {
              assertThatThrownBy(() -> ranges.read("a", SIZE, 0, 2 * CHUNK))
                  .isInstanceOf(InterruptedIOException.class);
              failed.countDown();
            });
    store.awaitGets(1);
    Future<byte[]> patient = threads.submit(reading(ranges, 0, 4 * CHUNK));
    store.awaitGets(2);
    impatient.interrupt();
    failed.await();
    store.open();
    assertThat(patient.get()).isEqualTo(wanted(0, 4 * CHUNK));
  }

  @Test
  void aFailureReachesTheReaderAndIsForgotten() throws IOException {
    RemoteRanges ranges = uncached();
    store.fail(new IOException("503 slow down"));
    assertThatThrownBy(() -> ranges.read("a", SIZE, 0, 10)).hasMessage("503 slow down");
    store.fail(null);
    assertThat(ranges.read("a", SIZE, 0, 10)).isEqualTo(wanted(0, 10));
    assertThatThrownBy(() -> ranges.read("b", SIZE, 0, 10)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void readsWhatIsLeftOfAnObjectThatIsShorterThanItWas() throws IOException {
    memory.put("a", List.of(ByteBuffer.wrap(content, 0, CHUNK + 500).slice()));
    RemoteRanges ranges = uncached();
    assertThat(ranges.read("a", SIZE, CHUNK, 500)).isEqualTo(wanted(CHUNK, 500));
    assertThatThrownBy(() -> ranges.read("a", SIZE, CHUNK, 501)).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> ranges.read("a", SIZE, SIZE - 1, 2)).isInstanceOf(EOFException.class);
  }
}
