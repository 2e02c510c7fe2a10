package dev.skald.ingester.pattern;

import static dev.skald.ingester.pattern.Mined.SECOND;
import static dev.skald.ingester.pattern.Mined.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.skald.config.PatternConfig;
import dev.skald.ingester.pattern.PatternSeries.Sample;
import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Times, levels, streams, and how much is kept of them. */
final class ShardPatternsTest {
  @Test
  void countsByTheTimesOfTheEntries() {
    Mined mined = new Mined();
    for (int second : new int[] {25, 3, 0, 25, 12}) {
      mined.add(STREAM, "info", mined.now + second * SECOND, List.of("hello"));
    }

    assertThat(mined.series().getFirst().samples())
        .containsExactly(
            new Sample(1_000_000, 2), new Sample(1_000_010, 1), new Sample(1_000_020, 2));
    assertThat(mined.series(0, Long.MAX_VALUE, 14 * SECOND).getFirst().samples())
        .containsExactly(
            new Sample(999_992, 2), new Sample(1_000_006, 1), new Sample(1_000_020, 2));
  }

  @Test
  void answersForARange() {
    Mined mined = new Mined();
    for (int second = 0; second < 60; second += 10) {
      mined.add(STREAM, "info", mined.now + second * SECOND, List.of("hello"));
    }
    long start = mined.now + 20 * SECOND;

    assertThat(mined.series(start, start + 20 * SECOND, 10 * SECOND).getFirst().samples())
        .containsExactly(new Sample(1_000_020, 1), new Sample(1_000_030, 1));
    assertThat(mined.series(start, start - SECOND, 10 * SECOND)).isEmpty();
    assertThat(mined.series(0, SECOND, 10 * SECOND)).isEmpty();
  }

  @Test
  void tellsLevelsAndStreamsApart() {
    Mined mined = new Mined();
    Labels other = Labels.of("app", "b");
    mined.add(STREAM, "info", mined.now, List.of("hello", "hello"));
    mined.add(STREAM, "error", mined.now, List.of("hello"));
    mined.add(STREAM, "", mined.now, List.of("hello"));
    mined.add(other, "info", mined.now, List.of("hello", "bye"));
    Matcher onlyB = new Matcher("app", Matcher.Type.EQUAL, "b");

    assertThat(mined.series())
        .extracting(PatternSeries::pattern, PatternSeries::level, PatternSeries::lines)
        .containsExactly(
            tuple("hello", "info", 3L),
            tuple("bye", "info", 1L),
            tuple("hello", "error", 1L),
            tuple("hello", "unknown", 1L));
    assertThat(mined.series(0, Long.MAX_VALUE, SECOND, onlyB)).hasSize(2);
  }

  @Test
  void tenantsDoNotSeeEachOther() {
    Mined mined = new Mined();
    mined.shard.begin("other", List.of(), mined.now);
    mined.shard.stream(STREAM);
    mined.shard.add(Mined.slice("info"), mined.now, Mined.slice("hello"));
    mined.shard.end();

    assertThat(mined.series()).isEmpty();
  }

  @Test
  void longLinesAndTimesFarFromNowDoNotCount() {
    Mined mined = new Mined();
    mined.add(List.of("x".repeat(3001), "y".repeat(3000)));
    mined.add(STREAM, "info", mined.now - 10_801 * SECOND, List.of("old"));
    mined.add(STREAM, "info", mined.now + 10_801 * SECOND, List.of("early"));
    mined.add(STREAM, "info", Long.MAX_VALUE, List.of("never"));

    assertThat(mined.texts()).containsExactly("y".repeat(3000));
  }

  @Test
  void forgetsWhatIsOlderThanIsRetained() {
    Mined mined = new Mined();
    mined.add(List.of("first"));
    mined.add(STREAM, "info", mined.now + 3600 * SECOND, List.of("first", "second"));

    mined.now += 3 * 3600 * SECOND + 10 * SECOND;
    assertThat(mined.series()).extracting(PatternSeries::lines).containsExactly(1L, 1L);
    long before = mined.shard.bytes();
    mined.shard.expire(mined.now);
    assertThat(mined.series()).extracting(PatternSeries::lines).containsExactly(1L, 1L);
    assertThat(mined.shard.bytes()).isLessThanOrEqualTo(before);

    mined.shard.expire(mined.now + 3600 * SECOND);
    assertThat(mined.shard.streams()).isZero();
    assertThat(mined.shard.bytes()).isZero();
  }

  @Test
  void keepsTheTemplatesSeenLast() {
    Mined mined = Mined.withAtMost(3);
    mined.add(List.of("a", "b", "c", "a", "d"));

    assertThat(mined.texts()).containsExactly("a", "c", "d");
  }

  @Test
  void hostileLinesTakeBoundedMemory() {
    ShardPatterns.Bounds bounds = new ShardPatterns.Bounds(20, 1 << 20);
    ShardPatterns shard = new ShardPatterns(PatternConfig.defaults(), bounds);
    Random random = new Random(7);
    for (int record = 0; record < 400; record++) {
      shard.begin("t" + random.nextInt(4), List.of("msg"), Mined.SECOND * record);
      shard.stream(Labels.of("app", "a" + random.nextInt(1000)));
      for (int i = 0; i < 20; i++) {
        String level = random.nextInt(3) == 0 ? "level" + random.nextInt() : "info";
        long time = (random.nextLong() >>> 2) % (10_000 * SECOND);
        shard.add(Mined.slice(level), time, Mined.slice(hostile(random)));
      }
      shard.end();
      assertThat(shard.streams()).isLessThanOrEqualTo(20);
      assertThat(shard.bytes()).isLessThanOrEqualTo(1 << 20);
    }
    shard.expire(Long.MAX_VALUE / 2);
    assertThat(shard.streams()).isZero();
    assertThat(shard.bytes()).isZero();
  }

  private static String hostile(Random random) {
    StringBuilder line = new StringBuilder();
    for (int i = random.nextInt(1500); i >= 0; i--) {
      line.append((char) (' ' + random.nextInt(random.nextBoolean() ? 95 : 2000)));
    }
    return line.toString();
  }

  @Test
  void aReaderSeesEachStreamBetweenTwoLines() throws InterruptedException {
    Mined mined = new Mined();
    Thread writer =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < 2000; i++) {
                    mined.add(List.of("user " + i + " came", "word" + i % 50 + " went away"));
                  }
                });
    List<Long> totals = new ArrayList<>();
    while (writer.isAlive()) {
      totals.add(mined.series().stream().mapToLong(PatternSeries::lines).sum());
    }
    writer.join();

    assertThat(totals).isSorted();
    assertThat(mined.series().stream().mapToLong(PatternSeries::lines).sum()).isEqualTo(4000);
  }
}
