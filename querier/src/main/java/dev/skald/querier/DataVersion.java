package dev.skald.querier;

import dev.skald.storage.catalog.HeadId;
import java.util.List;

/**
 * What there is to be seen of a tenant within a range of time. As long as two are equal a query
 * over that range has the same answer.
 *
 * @param heads each head of the tenant
 * @param stored what is stored of the range
 */
record DataVersion(List<Rows> heads, Object stored) {

  /** How many rows of the tenant a head has. */
  record Rows(HeadId head, long rows) {}
}
