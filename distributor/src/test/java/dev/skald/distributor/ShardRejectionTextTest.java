package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.distributor.Rejection.Status;
import dev.skald.ingester.PushResult.Reason;
import dev.skald.ingester.PushResult.RejectedEntry;
import dev.skald.ingester.PushResult.StreamRejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShardRejectionTextTest {
  private static final String STREAM = "{app=\"b\", service_name=\"b\"}";

  private static long nanos(String time) {
    Instant instant = Instant.parse(time);
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  private static Rejection rejection(int mostLines, int sent, RejectedEntry... entries) {
    return ShardRejectionText.of(
        "t2", new StreamRejection(STREAM, sent, List.of(entries)), mostLines);
  }

  @Test
  void listsEntriesThatAreTooFarBehind() {
    RejectedEntry entry =
        new RejectedEntry(
            nanos("2026-11-23T09:02:23Z"),
            3,
            Reason.TOO_FAR_BEHIND,
            nanos("2026-11-23T10:02:23.9Z"));
    assertThat(rejection(10, 2, entry, entry))
        .isEqualTo(
            new Rejection(
                "too_far_behind",
                Status.BAD_REQUEST,
                """
                entry with timestamp 2026-11-23 09:02:23 +0000 UTC ignored, reason: 'entry too far behind, entry timestamp is: 2026-11-23T09:02:23Z, oldest acceptable timestamp is: 2026-11-23T10:02:23Z',
                entry with timestamp 2026-11-23 09:02:23 +0000 UTC ignored, reason: 'entry too far behind, entry timestamp is: 2026-11-23T09:02:23Z, oldest acceptable timestamp is: 2026-11-23T10:02:23Z',
                user 't2', total ignored: 2 out of 2 for stream: {app="b", service_name="b"}\
                """));
  }

  @Test
  void namesEntriesOutOfOrder() {
    RejectedEntry entry =
        new RejectedEntry(nanos("2026-11-23T09:02:23.25Z"), 3, Reason.OUT_OF_ORDER, 0);
    assertThat(rejection(10, 5, entry).message())
        .isEqualTo(
            """
            entry with timestamp 2026-11-23 09:02:23.25 +0000 UTC ignored, reason: 'entry out of order',
            user 't2', total ignored: 1 out of 5 for stream: {app="b", service_name="b"}\
            """);
  }

  @Test
  void tellsTheRateOfAStream() {
    RejectedEntry entry =
        new RejectedEntry(
            nanos("2026-11-23T09:02:23Z"), 60, Reason.PER_STREAM_RATE_LIMIT, 3L << 20);
    assertThat(rejection(10, 1, entry))
        .isEqualTo(
            new Rejection(
                "per_stream_rate_limit",
                Status.RATE_LIMITED,
                """
                entry with timestamp 2026-11-23 09:02:23 +0000 UTC ignored, reason: 'Per stream rate limit exceeded (limit: 3MB/sec) while attempting to ingest for stream '{app="b", service_name="b"}' totaling 60B, consider splitting a stream via additional labels or contact your Loki administrator to see if the limit can be increased',
                user 't2', total ignored: 1 out of 1 for stream: {app="b", service_name="b"}\
                """));
  }

  @Test
  void tellsTheLimitOfStreams() {
    RejectedEntry entry = new RejectedEntry(0, 3, Reason.STREAM_LIMIT, 5000);
    assertThat(rejection(10, 1, entry))
        .isEqualTo(
            new Rejection(
                "stream_limit",
                Status.RATE_LIMITED,
                "maximum active stream limit exceeded when trying to create stream "
                    + STREAM
                    + ", reduce the number of active streams (reduce labels or reduce label"
                    + " values), or contact your Loki administrator to see if the limit can be"
                    + " increased, user: 't2'"));
  }

  @Test
  void listsNoMoreThanItMay() {
    List<RejectedEntry> entries = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      entries.add(new RejectedEntry(i, 1, Reason.OUT_OF_ORDER, 0));
    }
    RejectedEntry[] all = entries.toArray(RejectedEntry[]::new);
    assertThat(rejection(10, 20, all).message().lines()).hasSize(11);
    assertThat(rejection(0, 20, all).message().lines()).hasSize(13);
    assertThat(rejection(10, 20, all).message()).contains("total ignored: 12 out of 20");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01 00:00:00 +0000 UTC",
    "-1, 1969-12-31 23:59:59.999999999 +0000 UTC",
    "1795140000, 1970-01-01 00:00:01.79514 +0000 UTC",
    "9223372036854775807, 2262-04-11 23:47:16.854775807 +0000 UTC",
    "-9223372036854775808, 1677-09-21 00:12:43.145224192 +0000 UTC",
  })
  void printsTimesAsGoDoes(long nanos, String expected) {
    assertThat(ShardRejectionText.goTime(nanos)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0B",
    "60, 60B",
    "512, 512B",
    "1023, 1023B",
    "1024, 1KB",
    "1025, 1025B",
    "3072, 3KB",
    "3145728, 3MB",
    "3145729, 3145729B",
    "1073741824, 1GB",
  })
  void printsSizesInUnitsThatDivideThem(long bytes, String expected) {
    assertThat(ShardRejectionText.size(bytes)).isEqualTo(expected);
  }
}
