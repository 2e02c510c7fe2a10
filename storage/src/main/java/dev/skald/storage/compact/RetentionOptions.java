package dev.skald.storage.compact;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/**
 * How a {@link Retention} works.
 *
 * @param enabled whether lines expire and delete requests are carried out; the size limit acts in
 *     any case
 * @param interval between two looks; the first is one interval after the start
 * @param deleteDelay how long what has expired still lies in the store
 * @param garbageDelay how long a tenant's queries may still read what was removed
 * @param cancelPeriod how long a delete request waits before it is carried out
 */
public record RetentionOptions(
    boolean enabled,
    Duration interval,
    Duration deleteDelay,
    Function<String, Duration> garbageDelay,
    Duration cancelPeriod,
    SizeLimit size) {
  public RetentionOptions {
    Objects.requireNonNull(deleteDelay, "deleteDelay is null");
    Objects.requireNonNull(garbageDelay, "garbageDelay is null");
    Objects.requireNonNull(cancelPeriod, "cancelPeriod is null");
    Objects.requireNonNull(size, "size is null");
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("retention every " + interval);
    }
  }

  /** With a limit of size, space that is not needed any more is free as soon as can be. */
  Duration delayOfExpired(String tenant) {
    Duration least = garbageDelay.apply(tenant);
    boolean longer = deleteDelay.compareTo(least) > 0 && !size.isSet();
    return longer ? deleteDelay : least;
  }
}
