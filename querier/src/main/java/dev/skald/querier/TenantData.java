package dev.skald.querier;

import dev.skald.config.Limits;
import dev.skald.config.Overrides;
import dev.skald.config.RetentionLimits;
import dev.skald.ingester.RecentHeads;
import dev.skald.logql.batch.EntrySource;
import dev.skald.storage.Storage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Finds what a tenant may see. Times in unix nanoseconds. */
record TenantData(RecentHeads recent, Storage storage, Overrides overrides, InstantSource clock) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Returns all that there is of a tenant, or of several joined. */
  RecentAndStored all(String tenant) {
    RetentionLimits limits = overrides.limits(tenant).retention();
    boolean hidesDeleted = limits.deletion() != RetentionLimits.Deletion.DISABLED;
    return new RecentAndStored(tenant, recent, storage, hidesDeleted);
  }

  /** Returns what of it the tenant may see. */
  EntrySource seen(String tenant) {
    return new NotBefore(all(tenant), earliest(overrides.limits(tenant)));
  }

  /** Returns the first time that a tenant may see. */
  long earliest(Limits limits) {
    Duration lookback = limits.query().maxQueryLookback();
    return lookback.isZero() ? Long.MIN_VALUE : ago(lookback);
  }

  /** Returns the time that was so long ago. */
  long ago(Duration duration) {
    Instant time = clock.instant().minus(duration);
    return time.getEpochSecond() * NANOS_PER_SECOND + time.getNano();
  }
}
