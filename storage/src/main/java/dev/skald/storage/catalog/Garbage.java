package dev.skald.storage.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * An object that no new query reads, but one that runs may. Times are kept in milliseconds.
 *
 * @param key of the object
 * @param bytes length of the object
 * @param removed when it was taken out of the catalog
 * @param delay how long after that it may still be read
 */
public record Garbage(String key, long bytes, Instant removed, Duration delay) {
  public Garbage {
    Objects.requireNonNull(key, "key is null");
    removed = Instant.ofEpochMilli(removed.toEpochMilli());
    delay = Duration.ofMillis(delay.toMillis());
    if (bytes < 0 || delay.isNegative()) {
      throw new IllegalArgumentException(key + " has a negative size or delay");
    }
  }

  /** Returns whether it may be deleted. */
  public boolean due(Instant now) {
    return Duration.between(removed, now).compareTo(delay) >= 0;
  }
}
