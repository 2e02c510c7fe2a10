package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.IngestLimits;
import dev.skald.config.Limits;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class EntryCheckTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant NOW = Instant.parse("2026-11-23T11:02:23.5Z");
  private static final long NANOS = NOW.getEpochSecond() * SECOND + NOW.getNano();
  private static final String STREAM = "{app=\"b\", service_name=\"b\"}";

  private final ResolvedStream stream = stream();

  private static ResolvedStream stream() {
    try {
      return new StreamResolver(1 << 20)
          .resolve("T", Limits.defaults(), Pushes.utf8("{app=\"b\"}"));
    } catch (LabelParseException e) {
      throw new AssertionError(e);
    }
  }

  private static EntryCheck check(IngestLimits limits) {
    return new EntryCheck(limits, NANOS);
  }

  private static EntryCheck check(String... limits) {
    return check(Tenant.limits(limits).ingest());
  }

  private static String text(String reason, Rejection rejection) {
    assertThat(rejection).isNotNull();
    assertThat(rejection.status()).isEqualTo(Rejection.Status.BAD_REQUEST);
    assertThat(rejection.reason()).isEqualTo(reason);
    return rejection.message();
  }

  @Test
  void rejectsEntriesOlderThanTheWindow() {
    EntryCheck check = check("reject_old_samples: true", "reject_old_samples_max_age: 7d");
    long oldest = NANOS - Duration.ofDays(7).toNanos();
    assertThat(check.time(stream, oldest)).isNull();
    assertThat(
            text(
                "greater_than_max_sample_age",
                check.time(
                    stream, Instant.parse("2020-09-13T12:26:40Z").getEpochSecond() * SECOND)))
        .isEqualTo(
            "entry for stream '"
                + STREAM
                + "' has timestamp too old: 2020-09-13T12:26:40Z, oldest acceptable timestamp is:"
                + " 2026-11-16T11:02:23Z");
    assertThat(check.time(stream, oldest - 1)).isNotNull();
  }

  @Test
  void takesOldEntriesWhereTheyAreWelcome() {
    EntryCheck check = check("reject_old_samples: false");
    assertThat(check.time(stream, 0)).isNull();
    assertThat(check.time(stream, Long.MIN_VALUE)).isNull();
  }

  @Test
  void rejectsEntriesOfTheFuture() {
    EntryCheck check = check("creation_grace_period: 10m");
    long newest = NANOS + Duration.ofMinutes(10).toNanos();
    assertThat(check.time(stream, newest)).isNull();
    assertThat(text("too_far_in_future", check.time(stream, newest + SECOND)))
        .isEqualTo("entry for stream '" + STREAM + "' has timestamp too new: 2026-11-23T11:12:24Z");
    assertThat(check.time(stream, Long.MAX_VALUE)).isNotNull();
  }

  @Test
  void rejectsLongLines() {
    EntryCheck check = check("max_line_size: 256KB");
    assertThat(check.line(stream, 262144)).isNull();
    assertThat(text("line_too_long", check.line(stream, 300000)))
        .isEqualTo(
            "max entry size '262144' bytes exceeded for stream '"
                + STREAM
                + "' while adding an entry with length '300000' bytes");
  }

  @Test
  void letsLongLinesPassWhereTheyAreCutOrUnlimited() {
    assertThat(check("max_line_size: 10", "max_line_size_truncate: true").line(stream, 11))
        .isNull();
    assertThat(check("max_line_size: 0").line(stream, Integer.MAX_VALUE)).isNull();
  }

  @Test
  void rejectsMetadataWhereItIsNotAllowed() {
    EntryCheck check = check("allow_structured_metadata: false");
    assertThat(check.metadata(stream, 0, 0)).isNull();
    assertThat(text("disallowed_structured_metadata", check.metadata(stream, 1, 2)))
        .isEqualTo(
            "stream '"
                + STREAM
                + "' includes structured metadata, but this feature is disallowed. Please see"
                + " `limits_config.allow_structured_metadata` or contact your Loki administrator"
                + " to enable it");
  }

  @Test
  void rejectsLargeMetadata() {
    EntryCheck check = check("max_structured_metadata_size: 40");
    assertThat(check.metadata(stream, 1, 40)).isNull();
    assertThat(text("structured_metadata_too_large", check.metadata(stream, 1, 71)))
        .isEqualTo(
            "stream '"
                + STREAM
                + "' has structured metadata too large: '71' bytes, limit: '40' bytes. Please see"
                + " `limits_config.max_structured_metadata_size` or contact your Loki administrator"
                + " to increase it");
  }

  @Test
  void rejectsManyPairsOfMetadata() {
    EntryCheck check = check("max_structured_metadata_entries_count: 3");
    assertThat(check.metadata(stream, 3, 40)).isNull();
    assertThat(text("structured_metadata_too_many", check.metadata(stream, 4, 40)))
        .isEqualTo(
            "stream '"
                + STREAM
                + "' has too many structured metadata labels: '4', limit: '3'. Please see"
                + " `limits_config.max_structured_metadata_entries_count` or contact your Loki"
                + " administrator to increase it");
  }
}
