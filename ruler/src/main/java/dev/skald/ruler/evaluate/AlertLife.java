package dev.skald.ruler.evaluate;

import dev.skald.ruler.status.AlertState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far an alert has come, and since when (config-and-clients.md §2.7). Immutable; each method
 * returns what becomes of it.
 *
 * @param state {@code INACTIVE} once it is resolved
 * @param activeAt when its result was first there
 * @param firedAt when it began to fire, if it has
 * @param resolvedAt when it was resolved, if it is
 * @param keptSince since when it fires without a result, if it does
 */
record AlertLife(
    AlertState state,
    Instant activeAt,
    Optional<Instant> firedAt,
    Optional<Instant> resolvedAt,
    Optional<Instant> keptSince) {

  /** So long a resolved alert is sent, for whoever did not hear of it. */
  static final Duration RESOLVED_RETENTION = Duration.ofMinutes(15);

  static AlertLife begin(Instant at) {
    return new AlertLife(
        AlertState.PENDING, at, Optional.empty(), Optional.empty(), Optional.empty());
  }

  boolean isResolved() {
    return state == AlertState.INACTIVE;
  }

  /** Its result is there. */
  AlertLife present(Instant at, Duration holdFor) {
    AlertLife life = isResolved() ? begin(at) : this;
    boolean fires =
        life.state == AlertState.FIRING
            || Duration.between(life.activeAt, at).compareTo(holdFor) >= 0;
    return fires
        ? new AlertLife(
            AlertState.FIRING,
            life.activeAt,
            life.firedAt.or(() -> Optional.of(at)),
            Optional.empty(),
            Optional.empty())
        : life;
  }

  /** Its result is not there; returns nothing once the alert may be forgotten. */
  Optional<AlertLife> absent(Instant at, Duration keepFiringFor) {
    return switch (state) {
      case PENDING, UNKNOWN -> Optional.empty();
      case INACTIVE ->
          Optional.of(this)
              .filter(_ -> !at.isAfter(resolvedAt.orElse(at).plus(RESOLVED_RETENTION)));
      case FIRING -> {
        Instant since = keptSince.orElse(at);
        yield Optional.of(
            Duration.between(since, at).compareTo(keepFiringFor) < 0
                ? new AlertLife(state, activeAt, firedAt, Optional.empty(), Optional.of(since))
                : resolved(at));
      }
    };
  }

  AlertLife resolved(Instant at) {
    return new AlertLife(AlertState.INACTIVE, activeAt, firedAt, Optional.of(at), Optional.empty());
  }

  /**
   * The process was down: that time does not count for an alert that waits, and it waits for the
   * grace period at least.
   *
   * @param savedAt when this was so
   * @param grace none for a rule that holds its alerts for less
   */
  AlertLife restored(Instant savedAt, Instant now, Duration holdFor, Duration grace) {
    if (state != AlertState.PENDING) {
      return this;
    }
    Duration left = holdFor.minus(Duration.between(activeAt, savedAt));
    boolean soon = holdFor.compareTo(grace) >= 0 && left.compareTo(grace) < 0;
    return begin(now.minus(holdFor).plus(soon ? grace : left));
  }
}
