package dev.skald.ruler.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * What a server has said.
 *
 * @param excerpt the beginning of the body, for messages
 * @param retryAfter the header of that name as it came; empty if there was none
 */
public record Reply(int status, String excerpt, String retryAfter) {
  private static final int TOO_MANY_REQUESTS = 429;

  /** Longer waits that a server asks for are not believed. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  /** Whether the request was taken. */
  public boolean ok() {
    return status / 100 == 2;
  }

  /** Whether it was refused because of how much is sent. */
  public boolean limited() {
    return status == TOO_MANY_REQUESTS;
  }

  /** Whether it was refused for good, so that sending it again is of no use. */
  public boolean refused() {
    return status / 100 == 4 && !limited();
  }

  /** How long the server wants to be left alone: seconds or a date (RFC 9110 §10.2.3). */
  public Optional<Duration> wait(Instant now) {
    Optional<Duration> asked =
        retryAfter.matches("[0-9]{1,9}")
            ? Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)))
            : date().map(date -> Duration.between(now, date));
    return asked
        .filter(Duration::isPositive)
        .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  private Optional<Instant> date() {
    try {
      return Optional.of(
          ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "status " + status + (excerpt.isBlank() ? "" : ": " + excerpt.strip());
  }
}
