package dev.skald.storage.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageCacheTest {
  private static final int CHUNK = PageCache.CHUNK;

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("pages");
  }

  private static byte[] content(int chunk) {
    byte[] content = new byte[CHUNK];
    new Random(chunk).nextBytes(content);
    return content;
  }

  private static void put(PageCache cache, int chunk) {
    cache.put("a", chunk, content(chunk), 0, CHUNK);
  }

  @Test
  void givesBackWhatWasPut() throws IOException {
    try (PageCache cache = PageCache.open(file(), 10L * CHUNK)) {
      put(cache, 0);
      cache.put("a", 1, content(1), 7, 5);
      assertThat(cache.read("a", 0)).isEqualTo(content(0));
      assertThat(cache.read("a", 1)).isEqualTo(Arrays.copyOfRange(content(1), 7, 12));
      assertThat(cache.read("a", 2)).isNull();
      assertThat(cache.read("b", 0)).isNull();
      assertThat(cache.bytes()).isEqualTo(CHUNK + 5);
    }
  }

  @Test
  void neverTakesMoreThanItsBytes() throws IOException {
    try (PageCache cache = PageCache.open(file(), 4L * CHUNK + 17)) {
      for (int i = 0; i < 100; i++) {
        put(cache, i);
        assertThat(cache.read("a", i)).isEqualTo(content(i));
      }
      assertThat(Files.size(file())).isEqualTo(4L * CHUNK);
      assertThat(cache.bytes()).isEqualTo(4L * CHUNK);
      assertThat(IntStream.range(0, 100).filter(i -> cache.read("a", i) != null)).hasSize(4);
    }
  }

  @Test
  void sparesWhatWasReadSinceTheHandCameBy() throws IOException {
    try (PageCache cache = PageCache.open(file(), 4L * CHUNK)) {
      IntStream.range(0, 4).forEach(i -> put(cache, i));
      for (int i = 4; i < 50; i++) {
        assertThat(cache.read("a", 0)).as("before %s", i).isNotNull();
        put(cache, i);
      }
    }
  }

  @Test
  void missesAChunkThatTheDiskHasChangedAndTakesItAgain() throws IOException {
    try (PageCache cache = PageCache.open(file(), 4L * CHUNK);
        RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      put(cache, 0);
      put(cache, 1);
      raw.seek(CHUNK + 1000);
      int old = raw.read();
      raw.seek(CHUNK + 1000);
      raw.write(old ^ 4);
      assertThat(cache.read("a", 1)).isNull();
      assertThat(cache.read("a", 0)).isEqualTo(content(0));
      assertThat(cache.bytes()).isEqualTo(CHUNK);
      put(cache, 1);
      assertThat(cache.read("a", 1)).isEqualTo(content(1));
      assertThat(Files.size(file())).isEqualTo(2L * CHUNK);
    }
  }

  @Test
  void missesWhatIsNotInTheFileAnyMore() throws IOException {
    try (PageCache cache = PageCache.open(file(), 4L * CHUNK);
        RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      put(cache, 0);
      raw.setLength(10);
      assertThat(cache.read("a", 0)).isNull();
    }
  }

  @Test
  void startsEmptyWhateverACrashHasLeft() throws IOException {
    try (PageCache crashed = PageCache.open(file(), 4L * CHUNK)) {
      put(crashed, 0);
      put(crashed, 1);
    }
    Files.write(file(), new byte[] {1, 2, 3}, java.nio.file.StandardOpenOption.APPEND);
    try (PageCache cache = PageCache.open(file(), 4L * CHUNK)) {
      assertThat(Files.size(file())).isZero();
      assertThat(cache.read("a", 0)).isNull();
      put(cache, 0);
      assertThat(cache.read("a", 0)).isEqualTo(content(0));
    }
  }

  @Test
  void withoutRoomForAChunkIsNoCacheAndNoFile() throws IOException {
    try (PageCache cache = PageCache.open(file(), CHUNK - 1)) {
      put(cache, 0);
      assertThat(cache.read("a", 0)).isNull();
      assertThat(file()).doesNotExist();
    }
  }

  @Test
  void isOfNoUseButDoesNoHarmOnceItsFileCannotBeUsed() throws IOException {
    PageCache cache = PageCache.open(file(), 2L * CHUNK);
    put(cache, 0);
    cache.close();
    assertThat(cache.read("a", 0)).isNull();
    IntStream.range(0, 10).forEach(i -> put(cache, i));
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void survivesTheInterruptOfAThreadThatReads() throws IOException {
    try (PageCache cache = PageCache.open(file(), 2L * CHUNK)) {
      put(cache, 0);
      Thread.currentThread().interrupt();
      assertThat(cache.read("a", 0)).isEqualTo(content(0));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(cache.read("a", 0)).isEqualTo(content(0));
    }
  }

  @Test
  void neverGivesWrongBytesHoweverManyThreadsUseIt() throws Exception {
    byte[][] contents =
        IntStream.range(0, 20).mapToObj(PageCacheTest::content).toArray(byte[][]::new);
    try (PageCache cache = PageCache.open(file(), 5L * CHUNK);
        ExecutorService threads = Executors.newFixedThreadPool(6)) {
      var done =
          IntStream.range(0, 6)
              .<Future<?>>mapToObj(
                  seed -> threads.submit(() -> useAtRandom(cache, contents, new Random(seed))))
              .toList();
      for (Future<?> one : done) {
        one.get();
      }
      assertThat(cache.bytes()).isLessThanOrEqualTo(5L * CHUNK);
    }
  }

  private static void useAtRandom(PageCache cache, byte[][] contents, Random random) {
    for (int i = 0; i < 1500; i++) {
      int chunk = random.nextInt(contents.length);
      byte[] read = cache.read("a", chunk);
      if (read == null) {
        cache.put("a", chunk, contents[chunk], 0, CHUNK);
      } else {
        assertThat(Arrays.equals(read, contents[chunk])).isTrue();
      }
    }
  }
}
