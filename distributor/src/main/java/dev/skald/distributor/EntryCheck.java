package dev.skald.distributor;

import dev.skald.config.IngestLimits;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Checks single entries against a tenant's limits (http-api.md §4.6), at one moment.
 *
 * @param now unix nanoseconds
 */
record EntryCheck(IngestLimits limits, long now) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Returns why the time of an entry is not taken, or null. */
  Rejection time(ResolvedStream stream, long timestamp) {
    if (limits.rejectOldSamples() && timestamp < oldest()) {
      return Rejection.badRequest(
          "greater_than_max_sample_age",
          "entry for stream '%s' has timestamp too old: %s, oldest acceptable timestamp is: %s"
              .formatted(stream.text(), seconds(timestamp), seconds(oldest())));
    }
    if (timestamp > now + limits.creationGracePeriod().toNanos()) {
      return Rejection.badRequest(
          "too_far_in_future",
          "entry for stream '%s' has timestamp too new: %s"
              .formatted(stream.text(), seconds(timestamp)));
    }
    return null;
  }

  private long oldest() {
    return now - limits.rejectOldSamplesMaxAge().toNanos();
  }

  /** Returns why a line of a length is not taken, or null. */
  Rejection line(ResolvedStream stream, int length) {
    if (!tooLong(length) || limits.maxLineSizeTruncate()) {
      return null;
    }
    return Rejection.badRequest(
        "line_too_long",
        "max entry size '%d' bytes exceeded for stream '%s' while adding an entry with length '%d' bytes"
            .formatted(limits.maxLineSize(), stream.text(), length));
  }

  boolean tooLong(int length) {
    return limits.maxLineSize() > 0 && length > limits.maxLineSize();
  }

  /** Returns why the structured metadata of an entry is not taken, or null. */
  Rejection metadata(ResolvedStream stream, int pairs, long bytes) {
    if (pairs > 0 && !limits.allowStructuredMetadata()) {
      return Rejection.badRequest(
          "disallowed_structured_metadata",
          ("stream '%s' includes structured metadata, but this feature is disallowed. Please see"
                  + " `limits_config.allow_structured_metadata` or contact your Loki administrator"
                  + " to enable it")
              .formatted(stream.text()));
    }
    if (limits.maxStructuredMetadataSize() > 0 && bytes > limits.maxStructuredMetadataSize()) {
      return Rejection.badRequest(
          "structured_metadata_too_large",
          ("stream '%s' has structured metadata too large: '%d' bytes, limit: '%d' bytes. Please"
                  + " see `limits_config.max_structured_metadata_size` or contact your Loki"
                  + " administrator to increase it")
              .formatted(stream.text(), bytes, limits.maxStructuredMetadataSize()));
    }
    int most = limits.maxStructuredMetadataEntriesCount();
    if (most > 0 && pairs > most) {
      return Rejection.badRequest(
          "structured_metadata_too_many",
          ("stream '%s' has too many structured metadata labels: '%d', limit: '%d'. Please see"
                  + " `limits_config.max_structured_metadata_entries_count` or contact your Loki"
                  + " administrator to increase it")
              .formatted(stream.text(), pairs, most));
    }
    return null;
  }

  private static Instant seconds(long nanos) {
    return Instant.ofEpochSecond(
            Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND))
        .truncatedTo(ChronoUnit.SECONDS);
  }
}
