package dev.skald.querier;

import dev.skald.logql.eval.RangeParameters;
import java.util.Objects;

/**
 * A query over a range of time, as a client asks it.
 *
 * @param text LogQL
 * @param source what {@code X-Query-Tags} says of where the query comes from, or empty
 * @param cached whether results that are known from before will do
 */
public record RangeQuery(String text, RangeParameters parameters, String source, boolean cached) {
  public RangeQuery {
    Objects.requireNonNull(text, "text is null");
    Objects.requireNonNull(parameters, "parameters is null");
    Objects.requireNonNull(source, "source is null");
  }

  public RangeQuery(String text, RangeParameters parameters, String source) {
    this(text, parameters, source, true);
  }

  /** Returns the same query, to be evaluated whatever is known. */
  public RangeQuery uncached() {
    return new RangeQuery(text, parameters, source, false);
  }

  /** Returns the same query with a later start, if it begins before a time; its end is later. */
  RangeQuery notBefore(long earliest) {
    if (parameters.start() >= earliest) {
      return this;
    }
    RangeParameters later =
        new RangeParameters(
            earliest,
            parameters.end(),
            parameters.step(),
            parameters.limit(),
            parameters.direction(),
            parameters.interval());
    return new RangeQuery(text, later, source, cached);
  }
}
