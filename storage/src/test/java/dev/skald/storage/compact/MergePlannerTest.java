package dev.skald.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.storage.catalog.SegmentEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MergePlannerTest {
  private static final long TODAY = 20_000;
  private static final Instant NOON =
      Instant.EPOCH.plus(Duration.ofDays(TODAY)).plus(Duration.ofHours(12));
  private static final PlannerOptions OPTIONS =
      PlannerOptions.DEFAULT
          .withLeastInputs(4)
          .withMostBytes(256)
          .withColdAfter(Duration.ofHours(6));

  private final MergePlanner planner = new MergePlanner(OPTIONS);
  private final QuietDays quiet = new QuietDays();

  /** One segment a word, as bytes and level, in order of arrival: {@code 7 28m 200c}. */
  private static List<SegmentEntry> segments(long day, String sizes) {
    List<SegmentEntry> segments = new ArrayList<>();
    for (String size : sizes.isEmpty() ? new String[0] : sizes.split(" ")) {
      int level = size.endsWith("c") ? 2 : size.endsWith("m") ? 1 : 0;
      long bytes = Long.parseLong(size.replaceAll("[a-z]", ""));
      segments.add(Segments.of("t", day, segments.size(), level, bytes));
    }
    return segments;
  }

  private String plan(List<SegmentEntry> segments, Instant now) {
    StringBuilder text = new StringBuilder();
    for (Merge merge : planner.plan(segments, quiet, now)) {
      text.append(text.isEmpty() ? "" : "; ");
      merge.inputs().forEach(entry -> text.append(entry.bytes()).append(' '));
      text.append("to ").append(merge.level());
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    // fewer than four
    "'', ''",
    "7, ''",
    "7 7 7, ''",
    "7 7 7 7, 7 7 7 7 to 1",
    // the largest is half of all, which are small
    "7 6 1 1, 7 6 1 1 to 1",
    "9 1 1 1, ''",
    // what is larger must become three times as large, and of six
    "17 1 1 17, ''",
    "17 16 16 16 16, ''",
    "17 16 16 16 16 1, 17 16 16 16 16 1 to 1",
    // the new small ones, not the large ones that four of them have become
    "28m 28m 28m 7 7 7 7, 7 7 7 7 to 1",
    "28m 28m 28m 28m 28m 28m 7, 28 28 28 28 28 28 7 to 1",
    // only neighbours
    "1 60m 1 1 60m 1 60m, 1 60 1 1 60 1 60 to 1",
    "1 60m 1 1 60m 1 1, ''",
    // no more than eight, as many as there are
    "1 1 1 1 1 1 1 1 1 1, 1 1 1 1 1 1 1 1 to 1",
    // no more than 256 bytes
    "100m 100m 100m 100m, ''",
    "40m 40m 40m 40m 40m 40m 40m, 40 40 40 40 40 40 to 1",
    "60m 60m 60m 60m 60m 60m, ''",
    "300m 1 1 1 1, 1 1 1 1 to 1",
    // cold ones stay cold among themselves
    "7c 7c 7c 7c, 7 7 7 7 to 2",
    "7c 7c 7c 7, 7 7 7 7 to 1",
  })
  void mergesNeighboursOfLikeSizeToday(String sizes, String wanted) {
    assertThat(plan(segments(TODAY, sizes), NOON)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "7, 7 to 2",
    "7c, ''",
    "100m 28m 7, 100 28 7 to 2",
    "100m 100m 100m, 100 100 to 2",
    "200c 100m 100m, 100 100 to 2",
    // a large cold one stays, small ones are taken along
    "200c 7, 7 to 2",
    "5c 7, 5 7 to 2",
    "1 1 1 1 1 1 1 1 1 1, 1 1 1 1 1 1 1 1 to 2",
    "300 1, 300 to 2",
    "100c 100c 100c, ''",
    "7c 7c 7c 7c, 7 7 7 7 to 2",
  })
  void makesADayColdThatIsOverAndQuiet(String sizes, String wanted) {
    assertThat(plan(segments(TODAY - 2, sizes), NOON)).isEqualTo(wanted);
  }

  @Test
  void aDayIsNotColdBeforeItIsOverForSixHours() {
    List<SegmentEntry> yesterday = segments(TODAY - 1, "100m 7");
    Instant midnight = Instant.EPOCH.plus(Duration.ofDays(TODAY));
    assertThat(plan(yesterday, midnight.plus(Duration.ofHours(6)).minusNanos(1))).isEmpty();
    assertThat(plan(yesterday, midnight.plus(Duration.ofHours(6)))).isEqualTo("100 7 to 2");
  }

  @Test
  void aDayIsNotColdWhileItGetsEntries() {
    List<SegmentEntry> old = new ArrayList<>(segments(TODAY - 9, "7"));
    quiet.observe(old, NOON);
    assertThat(plan(old, NOON.plus(Duration.ofHours(5)))).isEmpty();
    old.add(Segments.of("t", TODAY - 9, 1, 0, 7));
    quiet.observe(old, NOON.plus(Duration.ofHours(5)));
    assertThat(plan(old, NOON.plus(Duration.ofHours(10)))).isEmpty();
    quiet.observe(old, NOON.plus(Duration.ofHours(10)));
    assertThat(plan(old, NOON.plus(Duration.ofHours(11)))).isEqualTo("7 7 to 2");
  }

  @Test
  void keepsTenantsAndDaysApartAndTodayFirst() {
    List<SegmentEntry> segments = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      segments.add(Segments.of("a", TODAY, segments.size(), 0, 7));
      segments.add(Segments.of("b", TODAY, segments.size(), 0, 7));
      segments.add(Segments.of("b", TODAY - 1, segments.size(), 0, 7));
    }
    assertThat(planner.plan(segments, quiet, NOON))
        .singleElement()
        .satisfies(merge -> assertThat(merge.group()).isEqualTo(new Merge.Group("b", TODAY - 1)));
    segments.add(Segments.of("b", TODAY, segments.size(), 0, 7));
    assertThat(planner.plan(segments, quiet, NOON))
        .extracting(Merge::group)
        .containsExactly(new Merge.Group("b", TODAY), new Merge.Group("b", TODAY - 1));
  }

  @Test
  void boundsStreamsAndEntriesOfAMerge() {
    PlannerOptions few = new PlannerOptions(2, 8, 1000, 5, 100, Duration.ofHours(6));
    List<SegmentEntry> segments = segments(TODAY, "7 7 7 7 7 7 7");
    // Each has 2 streams and 10 entries.
    assertThat(new MergePlanner(few).plan(segments, quiet, NOON).getFirst().inputs()).hasSize(2);
  }

  /** Seals a day of heads, merging whenever a merge is planned, and then makes it cold. */
  @ParameterizedTest
  @CsvSource({"1, 7, 7", "2, 1, 14", "3, 7, 7", "4, 3, 4"})
  void writesEachByteThreeTimesAgainOrLittleMore(long seed, int least, int most) {
    Random random = new Random(seed);
    PlannerOptions megabytes = PlannerOptions.DEFAULT.withMostBytes(256);
    MergePlanner realistic = new MergePlanner(megabytes);
    List<SegmentEntry> live = new ArrayList<>();
    Map<Long, Double> rewrites = new HashMap<>();
    long number = 0;
    long sealed = 0;
    int mostLive = 0;
    for (int seal = 0; seal < 400; seal++) {
      long bytes = least + random.nextInt(most - least + 1);
      sealed += bytes;
      live.add(Segments.of("t", TODAY, number++, 0, bytes));
      number = mergeAll(realistic, live, NOON, number, rewrites);
      mostLive = Math.max(mostLive, live.size() - (int) (sealed / 64));
    }
    assertThat(mostLive).isLessThan(20);
    mergeAll(realistic, live, NOON.plus(Duration.ofDays(2)), number, rewrites);
    double rewritten = rewrites.values().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(rewritten / sealed).isBetween(1.0, 3.7);
    assertThat(live).allMatch(entry -> entry.level() == SegmentEntry.COLD);
    assertThat(live).hasSizeLessThan((int) (sealed / 64) + 4);
  }

  private long mergeAll(
      MergePlanner by,
      List<SegmentEntry> live,
      Instant now,
      long firstNumber,
      Map<Long, Double> rewrites) {
    long number = firstNumber;
    while (true) {
      List<Merge> merges = by.plan(live, quiet, now);
      if (merges.isEmpty()) {
        return number;
      }
      Merge merge = merges.getFirst();
      rewrites.put(number, (double) merge.bytes());
      int place = live.indexOf(merge.inputs().getFirst());
      live.removeAll(merge.inputs());
      live.add(place, Segments.of("t", TODAY, number++, merge.level(), merge.bytes()));
    }
  }
}
