package dev.skald.ingester;

import dev.skald.logql.batch.EntrySource;
import dev.skald.storage.catalog.HeadId;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What one tenant has in one head.
 *
 * @param head names the head: once a storage snapshot calls it sealed, its entries are there
 * @param entries what was accepted when {@link EntrySource#select} is called, and nothing less
 * @param rows counts the entries that there are by now; none of them ever goes
 */
public record HeadEntries(HeadId head, EntrySource entries, LongSupplier rows) {
  public HeadEntries {
    Objects.requireNonNull(head, "head is null");
    Objects.requireNonNull(rows, "rows is null");
    Objects.requireNonNull(entries, "entries is null");
  }
}
