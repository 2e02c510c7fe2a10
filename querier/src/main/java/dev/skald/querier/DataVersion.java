package dev.skald.querier;

import dev.skald.querier.cache.DataState;
import dev.skald.storage.StoredVersion;
import dev.skald.storage.catalog.HeadId;
import java.util.List;

/**
 * What there is to be seen of some tenants within a range of time. As long as two are equal a query
 * over that range has the same answer.
 *
 * @param heads each head that is not sealed and may have entries of the range
 * @param stored what is stored of the range, of each tenant
 */
record DataVersion(List<Rows> heads, List<StoredVersion> stored) implements DataState {

  private static final int BYTES_A_HEAD = 96;

  /** How many rows a head has of one of the tenants. */
  record Rows(HeadId head, long rows) {}

  @Override
  public long memory() {
    long memory = (long) heads.size() * BYTES_A_HEAD;
    for (StoredVersion version : stored) {
      memory += version.memory();
    }
    return memory;
  }
}
