package dev.skald.querier.cache;

import dev.skald.logql.eval.EngineLimits;
import java.util.Objects;

/**
 * What, beside the data and the time, the result of a metric query follows from.
 *
 * @param tenant one, or several joined by {@code |}
 * @param query LogQL, as the client wrote it
 * @param step in nanoseconds
 * @param hidesDeleted whether delete requests act
 */
public record ResultKey(
    String tenant, String query, long step, EngineLimits limits, boolean hidesDeleted) {
  public ResultKey {
    Objects.requireNonNull(tenant, "tenant is null");
    Objects.requireNonNull(query, "query is null");
    Objects.requireNonNull(limits, "limits is null");
  }
}
