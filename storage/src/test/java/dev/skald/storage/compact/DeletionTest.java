package dev.skald.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.RetentionLimits;
import dev.skald.config.RetentionLimits.Deletion;
import dev.skald.storage.catalog.CatalogEdit;
import dev.skald.storage.catalog.DeleteRequest;
import dev.skald.storage.catalog.DeleteRequest.Status;
import dev.skald.storage.catalog.SegmentEntry;
import dev.skald.storage.object.CorruptDataException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeletionTest extends RetentionRig {
  @Test
  void hidesLinesAtOnceAndRemovesThemAfterTheCancelPeriod() throws IOException {
    seal("t", row("a", DAY_0, "bad"), row("a", DAY_0, "good"), row("b", DAY_0, "bad b"));
    DeleteRequest request = delete("{app=\"a\"} |= \"bad\"", DAY_0, DAY_0.plusSeconds(9));
    assertThat(lines("t")).containsExactly("bad b", "good");
    applyAt(now.plus(CANCEL_PERIOD).minusSeconds(1));
    assertThat(stored("t")).containsExactly("bad", "bad b", "good");
    assertThat(status(request)).isEqualTo(Status.RECEIVED);
    applyAt(now.plusSeconds(1));
    assertThat(stored("t")).containsExactly("bad b", "good");
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
    assertThat(lines("t")).containsExactly("bad b", "good");
    assertThat(heard).contains("rewritten", "processed t");
  }

  @Test
  void aSegmentWithoutLinesOfTheRequestStaysAsItIs() throws IOException {
    seal("t", row("a", DAY_0, "good"));
    DeleteRequest request = delete("{app=\"a\"} |= \"bad\"", DAY_0, DAY_0.plusSeconds(9));
    List<SegmentEntry> before = storage.catalog().snapshot().segments();
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(storage.catalog().snapshot().segments()).isEqualTo(before);
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
  }

  @Test
  void aRequestIsNotProcessedWhileAHeadHasItsLines() throws IOException {
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    seal("head", row("a", DAY_0, "in a head"));
    recent = Optional.of(List.of(storage.snapshot().entries("head")));
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(status(request)).isEqualTo(Status.RECEIVED);
    recent = Optional.empty();
    applyAt(now.plus(INTERVAL));
    assertThat(status(request)).isEqualTo(Status.RECEIVED);
    recent = Optional.of(List.of());
    applyAt(now.plus(INTERVAL));
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
  }

  @Test
  void linesThatComeBeforeARequestIsProcessedAreCoveredAndLaterOnesAreNot() throws IOException {
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    seal("t", row("a", DAY_0, "late"));
    assertThat(lines("t")).isEmpty();
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
    assertThat(stored("t")).isEmpty();
    seal("t", row("a", DAY_0, "later"));
    assertThat(lines("t")).containsExactly("later");
  }

  @Test
  void aWithdrawnRequestHidesNothingAnyMore() throws IOException {
    seal("t", row("a", DAY_0, "line"));
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    assertThat(lines("t")).isEmpty();
    requests.cancel(request);
    assertThat(lines("t")).containsExactly("line");
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(stored("t")).containsExactly("line");
  }

  @Test
  void filterOnlyHidesForEverAndRemovesNothing() throws IOException {
    limits.put("t", new RetentionLimits(Duration.ZERO, List.of(), Deletion.FILTER_ONLY));
    seal("t", row("a", DAY_0, "line"));
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    applyAt(now.plus(CANCEL_PERIOD.multipliedBy(9)));
    assertThat(lines("t")).isEmpty();
    assertThat(stored("t")).containsExactly("line");
    assertThat(status(request)).isEqualTo(Status.RECEIVED);
  }

  @Test
  void aSegmentThatCannotBeReadKeepsARequestFromItsEnd() throws IOException {
    for (int i = 0; i < 4; i++) {
      seal("t", row("a", DAY_0.plusSeconds(i), "line " + i));
    }
    DeleteRequest request = delete("{app=\"a\"} |= \"0\"", DAY_0, DAY_0.plusSeconds(9));
    SegmentEntry last = storage.catalog().snapshot().segments().getLast();
    objects.objects.get(last.key())[40] ^= 1;
    assertThat(requests.percent(request)).isZero();
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(stored("t")).containsExactly("line 1", "line 2");
    assertThat(requests.percent(request)).isEqualTo(66);
    assertThat(corrupt).extracting(CorruptDataException::path).containsExactly(last.key());
    applyAt(now.plus(INTERVAL));
    assertThat(status(request)).isEqualTo(Status.RECEIVED);
    assertThat(corrupt).hasSize(1);
  }

  @Test
  void processedRequestsAreListedForAMonth() throws IOException {
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
    applyAt(DAY_0.plus(Duration.ofDays(30)));
    assertThat(requests.list("t")).hasSize(1);
    applyAt(now.plusSeconds(1));
    assertThat(requests.list("t")).isEmpty();
  }

  @Test
  void aRequestThatCannotBeReadAnyMoreStopsNoOther() throws IOException {
    storage
        .catalog()
        .commit(
            CatalogEdit.builder()
                .put(new DeleteRequest("x", "t", "{broken", 0, 1, 0, Status.RECEIVED))
                .build());
    seal("t", row("a", DAY_0, "line"));
    DeleteRequest request = delete("{app=\"a\"}", DAY_0.minusSeconds(9), DAY_0);
    applyAt(now.plus(CANCEL_PERIOD));
    assertThat(status(request)).isEqualTo(Status.PROCESSED);
    assertThat(stored("t")).isEmpty();
  }
}
