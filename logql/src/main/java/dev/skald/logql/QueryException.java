package dev.skald.logql;

import java.util.Objects;

/** A query that cannot be answered. The message is the text that a client shows to its user. */
public class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whose fault it is, and so which status a client gets. */
  public enum Kind {
    /** The query or a parameter of it is wrong, or a limit was hit. */
    BAD_REQUEST,
    /** The deadline has passed. */
    TIMEOUT,
    /** The client has gone away. */
    CANCELLED,
    /** The server has no room for one more query. */
    OVERLOADED,
    /** The server cannot answer yet; the same query may be sent again later. */
    UNAVAILABLE,
    /** A failure that Loki reports as an internal error, as vector matching does. */
    INTERNAL
  }

  private final Kind kind;

  public QueryException(Kind kind, String message) {
    super(Objects.requireNonNull(message, "message is null"));
    this.kind = Objects.requireNonNull(kind, "kind is null");
  }

  /** Returns a failure that is the client's to mend. */
  public static QueryException badRequest(String message) {
    return new QueryException(Kind.BAD_REQUEST, message);
  }

  public Kind kind() {
    return kind;
  }
}
