package dev.skald.querier;

import dev.skald.storage.catalog.HeadId;
import java.util.List;

/**
 * What there is to be seen of some tenants within a range of time. As long as two are equal a query
 * over that range has the same answer.
 *
 * @param heads each head that is not sealed and may have entries of the range
 * @param stored what is stored of the range
 */
record DataVersion(List<Rows> heads, Object stored) {

  /** How many rows a head has of one of the tenants. */
  record Rows(HeadId head, long rows) {}
}
