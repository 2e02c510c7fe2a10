package dev.skald.ingester;

import dev.skald.logql.batch.Slice;

/** Finds the streams that a head writes to. */
@FunctionalInterface
interface StreamLookup {
  /** Returns the stream of a tenant, or null if it is not known. */
  LiveStream find(String tenant, Slice labels, long hash);
}
