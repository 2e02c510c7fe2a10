package dev.skald.distributor;

import dev.skald.config.AdmissionLimits;
import dev.skald.distributor.Rejection.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Refuses all pushes of a tenant until a set moment (http-api.md §4.6, blocked_ingestion). */
final class Block {
  private Block() {}

  /** Returns why a tenant may not push at a moment, or null if it may. */
  static Rejection at(Instant now, String tenant, AdmissionLimits limits) {
    if (!now.isBefore(limits.blockUntil())) {
      return null;
    }
    String text =
        "ingestion blocked for user '%s' until '%s' with status code '%d'"
            .formatted(
                tenant, limits.blockUntil().truncatedTo(ChronoUnit.SECONDS), limits.blockStatus());
    return new Rejection("blocked_ingestion", Status.BLOCKED, limits.blockStatus(), text);
  }
}
