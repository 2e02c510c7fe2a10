package dev.skald.storage.compact;

import dev.skald.config.RetentionLimits;
import dev.skald.config.RetentionLimits.StreamRetention;
import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long the lines of each stream of a tenant are kept (config-and-clients.md §1.10). Pure.
 *
 * @param limits those in force now
 */
record RetentionRules(RetentionLimits limits) {
  /** A period of so long is none. */
  static final Duration FOR_EVER = Duration.ZERO;

  private static final Comparator<StreamRetention> STRONGEST_FIRST =
      Comparator.comparingInt((StreamRetention rule) -> -rule.priority())
          .thenComparing(StreamRetention::period);

  /** Returns how long lines of a stream are kept; {@link #FOR_EVER} if they are. */
  Duration period(Labels stream) {
    return limits.streams().stream()
        .filter(rule -> matches(rule.matchers(), stream))
        .min(STRONGEST_FIRST)
        .map(StreamRetention::period)
        .orElse(limits.period());
  }

  private static boolean matches(List<Matcher> matchers, Labels stream) {
    return matchers.stream().allMatch(matcher -> matcher.matches(stream));
  }

  /** Returns the shortest period that a stream may have; {@link #FOR_EVER} if none is shorter. */
  Duration shortest() {
    return periods()
        .filter(period -> !period.equals(FOR_EVER))
        .min(Comparator.naturalOrder())
        .orElse(FOR_EVER);
  }

  /** Returns the longest period that a stream may have; {@link #FOR_EVER} if that is one. */
  Duration longest() {
    return periods().anyMatch(FOR_EVER::equals)
        ? FOR_EVER
        : periods().max(Comparator.naturalOrder()).orElse(FOR_EVER);
  }

  private Stream<Duration> periods() {
    return Stream.concat(
        Stream.of(limits.period()), limits.streams().stream().map(StreamRetention::period));
  }

  /** Returns the first time that is still kept, in unix nanoseconds. */
  static long firstKept(Duration period, Instant now) {
    return period.equals(FOR_EVER) ? Long.MIN_VALUE : nanos(now) - period.toNanos();
  }

  static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }
}
