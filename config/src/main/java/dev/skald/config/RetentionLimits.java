package dev.skald.config;

import dev.skald.logql.Matcher;
import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.Durations;
import dev.skald.logql.syntax.Parser;
import java.time.Duration;
import java.util.List;

/**
 * How long lines are kept; in force only with {@code compactor.retention_enabled}.
 *
 * @param period of lines that no rule matches; zero for ever
 * @param streams of those whose selector matches a stream, the highest priority wins; of equal ones
 *     the shorter period
 */
public record RetentionLimits(Duration period, List<StreamRetention> streams, Deletion deletion) {
  private static final Duration LEAST = Duration.ofHours(24);

  public RetentionLimits {
    Check.notNegative(period, "retention_period");
    streams = List.copyOf(streams);
    Check.present(deletion, "deletion_mode");
  }

  public static RetentionLimits defaults() {
    return new RetentionLimits(Duration.ZERO, List.of(), Deletion.FILTER_AND_DELETE);
  }

  /** What a delete request does. */
  public enum Deletion {
    DISABLED,
    FILTER_ONLY,
    FILTER_AND_DELETE
  }

  /**
   * One item of {@code retention_stream}.
   *
   * @param matchers what a stream must match, all of it
   * @param period at least a day
   */
  public record StreamRetention(List<Matcher> matchers, int priority, Duration period) {
    public StreamRetention {
      matchers = List.copyOf(matchers);
      Check.present(period, "retention_stream.period");
      if (period.compareTo(LEAST) < 0) {
        throw new IllegalArgumentException(
            "retention period must be >= 24h was " + Durations.printPrometheus(period.toNanos()));
      }
    }

    /**
     * @param selector in LogQL, as <code>{app="a"}</code>
     */
    public static StreamRetention of(String selector, int priority, Duration period) {
      try {
        return new StreamRetention(Parser.parseMatchers(selector), priority, period);
      } catch (QueryException e) {
        throw new IllegalArgumentException("invalid labels matchers: " + e.getMessage(), e);
      }
    }
  }
}
