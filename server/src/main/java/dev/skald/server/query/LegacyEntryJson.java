package dev.skald.server.query;

import dev.skald.logql.eval.LogEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Writes an entry as {@code /api/prom/} has it (http-api.md §7.14). */
final class LegacyEntryJson {
  /** Go's RFC3339Nano: no zeros at the end of the fraction. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral('Z')
          .toFormatter(java.util.Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private LegacyEntryJson() {}

  static void write(JsonOutput out, LogEntry entry) {
    out.raw("{\"ts\":\"").raw(time(entry.timestamp()));
    out.raw("\",\"line\":").line(entry.line()).raw('}');
  }

  /** Returns unix nanoseconds as text. */
  static String time(long nanos) {
    long seconds = Math.floorDiv(nanos, Parameters.NANOS_PER_SECOND);
    return TIME.format(
        Instant.ofEpochSecond(seconds, Math.floorMod(nanos, Parameters.NANOS_PER_SECOND)));
  }
}
