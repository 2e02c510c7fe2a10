package dev.skald.ruler.evaluate;

import dev.skald.ruler.rules.RuleGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a group is to be evaluated: at moments an interval apart that depend on nothing but the
 * group's name and the interval, so that groups are spread and a restart changes nothing. For one
 * thread.
 */
final class GroupSchedule {
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long NANOS = 1_000_000_000;

  private final long interval;
  private final long offset;
  private final long jitter;
  private long next;

  /** A moment to evaluate for, and how many before it were left out. */
  record Due(Instant at, long missed) {}

  /**
   * @param maxJitter how much later than its moments the group is evaluated at most
   */
  GroupSchedule(RuleGroup.Key key, Duration interval, Duration maxJitter, Instant now) {
    long hash = hash(key.toString());
    this.interval = interval.toNanos();
    this.offset = Long.remainderUnsigned(hash, this.interval);
    this.jitter =
        maxJitter.isZero()
            ? 0
            : Long.remainderUnsigned(Long.rotateLeft(hash, 32), maxJitter.toNanos());
    this.next = following(nanos(now));
  }

  private static long hash(String text) {
    long hash = FNV_BASIS;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }

  private static long nanos(Instant time) {
    return time.getEpochSecond() * NANOS + time.getNano();
  }

  /** Returns the first moment that is not before a time. */
  private long following(long time) {
    return time + Math.floorMod(offset - time, interval);
  }

  /** Returns the latest moment that has come since the last call, if one has. */
  Optional<Due> due(Instant now) {
    long time = nanos(now) - jitter;
    if (time < next - interval) {
      // The clock was set back.
      next = following(time);
    }
    if (time < next) {
      return Optional.empty();
    }
    long missed = (time - next) / interval;
    long moment = next + missed * interval;
    next = moment + interval;
    return Optional.of(new Due(Instant.ofEpochSecond(0, moment), missed));
  }
}
