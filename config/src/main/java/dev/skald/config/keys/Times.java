package dev.skald.config.keys;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Moments ({@code 0}, a day, a minute, RFC 3339) and days in a file. Times are UTC. */
final class Times {
  private Times() {}

  static Instant parse(String text) {
    if (text.equals("0")) {
      return Instant.MIN;
    }
    try {
      if (text.length() == "2006-01-02".length()) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      if (text.length() == "2006-01-02T15:04".length()) {
        return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      }
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "wanted 0, 2006-01-02, 2006-01-02T15:04 or 2006-01-02T15:04:05Z", e);
    }
  }

  static String print(Instant value) {
    return value.equals(Instant.MIN) ? "0" : value.toString();
  }

  static LocalDate parseDay(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("wanted a day like 2006-01-02", e);
    }
  }
}
