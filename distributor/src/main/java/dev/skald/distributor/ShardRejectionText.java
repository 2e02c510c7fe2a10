package dev.skald.distributor;

import dev.skald.ingester.PushResult.Reason;
import dev.skald.ingester.PushResult.RejectedEntry;
import dev.skald.ingester.PushResult.StreamRejection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Tells a client what a shard has refused (http-api.md §4.6, the multi-line form). */
final class ShardRejectionText {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final String ASK =
      "or contact your Loki administrator to see if the limit can be increased";

  private ShardRejectionText() {}

  /**
   * Returns the refused entries of a stream as one rejection.
   *
   * @param mostLines how many entries are listed; 0 for all
   */
  static Rejection of(String tenant, StreamRejection stream, int mostLines) {
    RejectedEntry first = stream.entries().getFirst();
    if (first.reason() == Reason.STREAM_LIMIT) {
      String text =
          "maximum active stream limit exceeded when trying to create stream "
              + stream.labels()
              + ", reduce the number of active streams (reduce labels or reduce label values), "
              + ASK
              + ", user: '"
              + tenant
              + "'";
      return new Rejection(first.reason().label(), Rejection.Status.RATE_LIMITED, text);
    }
    StringBuilder text = new StringBuilder();
    int lines = mostLines == 0 ? Integer.MAX_VALUE : mostLines;
    for (RejectedEntry entry : stream.entries()) {
      if (lines-- == 0) {
        break;
      }
      text.append("entry with timestamp ")
          .append(goTime(entry.timestamp()))
          .append(" ignored, reason: '");
      text.append(reason(stream, entry)).append("',\n");
    }
    text.append("user '")
        .append(tenant)
        .append("', total ignored: ")
        .append(stream.entries().size());
    text.append(" out of ")
        .append(stream.streamEntries())
        .append(" for stream: ")
        .append(stream.labels());
    return new Rejection(first.reason().label(), status(first.reason()), text.toString());
  }

  private static Rejection.Status status(Reason reason) {
    return switch (reason) {
      case STREAM_LIMIT, PER_STREAM_RATE_LIMIT -> Rejection.Status.RATE_LIMITED;
      case TOO_FAR_BEHIND, OUT_OF_ORDER -> Rejection.Status.BAD_REQUEST;
    };
  }

  private static String reason(StreamRejection stream, RejectedEntry entry) {
    return switch (entry.reason()) {
      case TOO_FAR_BEHIND ->
          "entry too far behind, entry timestamp is: "
              + rfc3339(entry.timestamp())
              + ", oldest acceptable timestamp is: "
              + rfc3339(entry.limit());
      case OUT_OF_ORDER -> "entry out of order";
      case PER_STREAM_RATE_LIMIT ->
          "Per stream rate limit exceeded (limit: "
              + size(entry.limit())
              + "/sec) while attempting to ingest for stream '"
              + stream.labels()
              + "' totaling "
              + size(entry.bytes())
              + ", consider splitting a stream via additional labels "
              + ASK;
      case STREAM_LIMIT ->
          throw new IllegalArgumentException("not an entry's own reason: " + entry);
    };
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  private static String rfc3339(long nanos) {
    return instant(nanos).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** As Go prints a time: {@code 2026-11-23 09:02:23.5 +0000 UTC}. */
  static String goTime(long nanos) {
    long fraction = Math.floorMod(nanos, NANOS_PER_SECOND);
    String digits =
        fraction == 0 ? "" : "." + String.format("%09d", fraction).replaceAll("0+$", "");
    return DATE_TIME.format(instant(nanos)) + digits + " +0000 UTC";
  }

  /** In the largest binary unit that divides it: {@code 512B}, {@code 3KB}, {@code 3MB}. */
  static String size(long bytes) {
    String[] units = {"B", "KB", "MB", "GB", "TB"};
    int unit = 0;
    long value = bytes;
    while (value >= 1024 && value % 1024 == 0 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return value + units[unit];
  }
}
