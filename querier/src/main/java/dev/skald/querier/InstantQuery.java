package dev.skald.querier;

import java.util.Objects;

/**
 * A query at one moment, as a client asks it.
 *
 * @param text LogQL
 * @param time unix nanoseconds
 * @param source what {@code X-Query-Tags} says of where the query comes from, or empty
 */
public record InstantQuery(String text, long time, String source) {
  public InstantQuery {
    Objects.requireNonNull(text, "text is null");
    Objects.requireNonNull(source, "source is null");
  }
}
