package dev.skald.logql.template;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRulesProvider;
import java.util.Locale;

/**
 * A time as Go has it.
 *
 * @param zone the abbreviated name of its zone; empty if only the offset is known
 */
public record GoTime(OffsetDateTime value, String zone) {
  /** What Go has for a time that could not be read. */
  static final GoTime ZERO = utc(LocalDateTime.of(1, 1, 1, 0, 0).toInstant(ZoneOffset.UTC));

  private static final DateTimeFormatter ZONE_NAME =
      DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);

  public static GoTime utc(Instant instant) {
    return new GoTime(instant.atOffset(ZoneOffset.UTC), "UTC");
  }

  static GoTime ofNanos(long nanos) {
    return utc(Instant.ofEpochSecond(0, nanos));
  }

  static GoTime ofSeconds(long seconds) {
    try {
      return utc(Instant.ofEpochSecond(seconds));
    } catch (DateTimeException e) {
      throw new FunctionException("the time is out of range");
    }
  }

  /** Returns the time that a clock of a zone shows so. */
  static GoTime local(LocalDateTime clock, ZoneId zone) {
    return in(clock.atZone(zone));
  }

  private static GoTime in(ZonedDateTime time) {
    boolean utc = time.getZone().equals(ZoneOffset.UTC);
    return new GoTime(time.toOffsetDateTime(), utc ? "UTC" : ZONE_NAME.format(time));
  }

  /** Returns the zone of a name such as {@code Europe/Berlin}; UTC if there is none. */
  static ZoneId zone(String name) {
    return ZoneRulesProvider.getAvailableZoneIds().contains(name)
        ? ZoneId.of(name)
        : ZoneOffset.UTC;
  }

  GoTime toUtc() {
    return utc(value.toInstant());
  }

  GoTime plusNanos(long nanos) {
    return new GoTime(value.plusNanos(nanos), zone);
  }

  boolean isUtc() {
    return zone.equals("UTC");
  }

  long unixNanos() {
    return value.toEpochSecond() * 1_000_000_000 + value.getNano();
  }

  /** Prints in Go's default layout. */
  @Override
  public String toString() {
    return GoTimeFormat.format(this, "2006-01-02 15:04:05.999999999 -0700 MST");
  }
}
