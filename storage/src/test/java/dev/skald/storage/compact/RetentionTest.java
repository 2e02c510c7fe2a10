package dev.skald.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.storage.Batches;
import dev.skald.storage.catalog.SegmentEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetentionTest extends RetentionRig {
  @Test
  void removesAWholeSegmentOnceItsNewestLineHasExpired() throws IOException {
    limits.put("t", period(2));
    seal("t", row("a", DAY_0, "old"), row("a", DAY_0.plusSeconds(60), "newer"));
    seal("t", row("a", DAY_0.plus(Duration.ofDays(1)), "next day"));
    seal("other", row("a", DAY_0, "kept"));
    applyAt(DAY_0.plus(Duration.ofDays(2)).plusSeconds(60));
    assertThat(stored("t")).containsExactly("newer", "next day", "old");
    applyAt(now.plusSeconds(1));
    assertThat(stored("t")).containsExactly("next day");
    assertThat(stored("other")).containsExactly("kept");
    assertThat(heard).containsExactly("applied", "removed 1", "applied");
  }

  @Test
  void theObjectStaysUntilItsDelayIsOver() throws IOException {
    limits.put("t", period(1));
    seal("t", row("a", DAY_0, "old"));
    applyAt(DAY_0.plus(Duration.ofDays(3)));
    storage.sweep(now.plus(DELETE_DELAY).minusSeconds(1));
    assertThat(segmentObjects()).isEqualTo(1);
    storage.sweep(now.plus(DELETE_DELAY));
    assertThat(segmentObjects()).isZero();
  }

  @Test
  void withALimitOfSizeWhatHasExpiredIsFreeAsSoonAsNoQueryReadsIt() throws IOException {
    size = new SizeLimit(1 << 30, 0, SizeLimit.NONE.volume());
    reopen();
    limits.put("t", period(1));
    seal("t", row("a", DAY_0, "old"));
    applyAt(DAY_0.plus(Duration.ofDays(3)));
    storage.sweep(now.plus(GARBAGE_DELAY));
    assertThat(segmentObjects()).isZero();
  }

  @Test
  void writesASegmentAgainWithoutTheStreamsThatHaveExpired() throws IOException {
    limits.put("t", period(30, rule("{app=\"dev\"}", 1)));
    seal("t", row("dev", DAY_0, "dev"), row("prod", DAY_0, "prod"));
    applyAt(DAY_0.plus(Duration.ofDays(1)).plusSeconds(1));
    assertThat(stored("t")).containsExactly("prod");
    assertThat(heard).containsExactly("rewritten", "applied");
    applyAt(now.plus(INTERVAL));
    assertThat(heard).containsExactly("rewritten", "applied", "applied");
  }

  @Test
  void streamsThatAreKeptEquallyLongLeaveASegmentTogether() throws IOException {
    limits.put("t", period(30, rule("{app=~\"dev.*\"}", 1)));
    Instant noon = DAY_0.plus(Duration.ofHours(12));
    seal("t", row("dev-1", DAY_0, "1"), row("dev-2", noon, "2"), row("prod", DAY_0, "prod"));
    applyAt(DAY_0.plus(Duration.ofDays(1)).plusSeconds(1));
    assertThat(stored("t")).containsExactly("1", "2", "prod");
    applyAt(noon.plus(Duration.ofDays(1)).plusSeconds(1));
    assertThat(stored("t")).containsExactly("prod");
  }

  @Test
  void looksIntoASegmentAgainOnlyWhenSomethingMayHaveExpired() throws IOException {
    limits.put("t", period(30, rule("{app=\"dev\"}", 1)));
    seal("t", row("prod", DAY_0, "prod"));
    applyAt(DAY_0.plus(Duration.ofDays(2)));
    long calls = store.calls();
    applyAt(now.plus(INTERVAL));
    assertThat(store.calls()).isEqualTo(calls);
    limits.put("t", period(30, rule("{app=\"prod\"}", 1)));
    applyAt(now.plus(INTERVAL));
    assertThat(stored("t")).isEmpty();
  }

  @Test
  void otherLimitsActAtTheNextRunAlsoOnOldLines() throws IOException {
    seal("t", row("a", DAY_0, "old"));
    applyAt(DAY_0.plus(Duration.ofDays(1000)));
    assertThat(stored("t")).containsExactly("old");
    limits.put("t", period(1));
    applyAt(now);
    assertThat(stored("t")).isEmpty();
  }

  @Test
  void theFirstRunIsOneIntervalAfterTheStart() throws IOException {
    limits.put("t", period(1));
    seal("t", row("a", DAY_0, "old"));
    now = DAY_0.plus(Duration.ofDays(5));
    reopen();
    Instant start = now;
    retention.tick(start);
    retention.tick(start.plus(INTERVAL).minusSeconds(1));
    assertThat(heard).isEmpty();
    retention.tick(start.plus(INTERVAL));
    retention.tick(start.plus(INTERVAL).plusSeconds(1));
    assertThat(heard).containsExactly("removed 1", "applied");
  }

  @Test
  void withoutRetentionNothingExpiresAndMergesKeepEverything() throws IOException {
    enabled = false;
    reopen();
    limits.put("t", period(1));
    seal("t", row("a", DAY_0, "old"));
    retention.tick(DAY_0);
    retention.tick(DAY_0.plus(Duration.ofDays(9)));
    assertThat(stored("t")).containsExactly("old");
    assertThat(retention.filter("t", now)).isSameAs(RowFilter.ALL);
  }

  @Test
  void mergesLeaveOutWhatHasExpired() throws IOException {
    limits.put("t", period(30, rule("{app=\"dev\"}", 1)));
    now = DAY_0.plus(Duration.ofDays(1)).plusSeconds(30);
    var rows =
        List.of(
            row("dev", DAY_0, "old"),
            row("dev", DAY_0.plusSeconds(60), "new"),
            row("prod", DAY_0, "prod"));
    var kept = retention.filter("t", now).keep(Batches.of(new ArrayList<>(rows)));
    assertThat(kept.stream()).containsExactly(1, 2);
    assertThat(retention.filter("other", now)).isSameAs(RowFilter.ALL);
  }

  @Test
  void theLimitOfSizeActsWithoutRetentionAndAtOnce() throws IOException {
    enabled = false;
    seal("t", row("a", DAY_0, "old"));
    seal("other", row("a", DAY_0.plusSeconds(1), "newer"));
    long bytes =
        storage.catalog().snapshot().segments().stream().mapToLong(SegmentEntry::bytes).sum();
    size = new SizeLimit(bytes - 1, 0, SizeLimit.NONE.volume());
    reopen();
    retention.tick(now);
    assertThat(stored("t")).isEmpty();
    assertThat(stored("other")).containsExactly("newer");
    storage.sweep(now.plus(GARBAGE_DELAY));
    assertThat(segmentObjects()).isEqualTo(1);
  }

  @Test
  void theLimitOfSizeIsLookedAtEveryMinute() throws IOException {
    seal("t", row("a", DAY_0, "old"));
    size = new SizeLimit(1 << 30, 0, SizeLimit.NONE.volume());
    reopen();
    retention.tick(now);
    size = new SizeLimit(1, 0, SizeLimit.NONE.volume());
    reopen();
    retention.tick(now);
    assertThat(stored("t")).isEmpty();
    seal("t", row("a", DAY_0, "more"));
    retention.tick(now.plusSeconds(59));
    assertThat(stored("t")).containsExactly("more");
    retention.tick(now.plusSeconds(60));
    assertThat(stored("t")).isEmpty();
  }
}
