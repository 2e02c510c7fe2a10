package dev.skald.config;

import java.util.Objects;

/** All limits of one tenant. */
public record Limits(IngestLimits ingest, QueryLimits query) {
  public Limits {
    Objects.requireNonNull(ingest, "ingest is null");
    Objects.requireNonNull(query, "query is null");
  }

  public static Limits defaults() {
    return new Limits(IngestLimits.defaults(), QueryLimits.defaults());
  }
}
