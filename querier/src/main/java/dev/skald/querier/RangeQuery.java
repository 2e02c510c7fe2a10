package dev.skald.querier;

import dev.skald.logql.eval.RangeParameters;
import java.util.Objects;

/**
 * A query over a range of time, as a client asks it.
 *
 * @param text LogQL
 * @param source what {@code X-Query-Tags} says of where the query comes from, or empty
 */
public record RangeQuery(String text, RangeParameters parameters, String source) {
  public RangeQuery {
    Objects.requireNonNull(text, "text is null");
    Objects.requireNonNull(parameters, "parameters is null");
    Objects.requireNonNull(source, "source is null");
  }
}
