package dev.skald.storage.catalog;

import java.util.Objects;

/**
 * Lines that a tenant wants to be gone. Times in unix nanoseconds.
 *
 * @param id names it among the requests of its tenant
 * @param query a selector with filters; every line that it matches is meant
 * @param start of the range of time, inclusive
 * @param end of the range of time, inclusive
 * @param created when it was asked for
 */
public record DeleteRequest(
    String id, String tenant, String query, long start, long end, long created, Status status) {
  /** How far it has come. The order is that of the format. */
  public enum Status {
    /** Its lines are hidden. */
    RECEIVED,
    /** Its lines are in no segment any more. */
    PROCESSED
  }

  public DeleteRequest {
    Objects.requireNonNull(id, "id is null");
    Objects.requireNonNull(tenant, "tenant is null");
    Objects.requireNonNull(query, "query is null");
    Objects.requireNonNull(status, "status is null");
  }

  public DeleteRequest withStatus(Status next) {
    return new DeleteRequest(id, tenant, query, start, end, created, next);
  }
}
