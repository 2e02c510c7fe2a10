package dev.skald.distributor;

/**
 * Why a stream or an entry of a push is not taken.
 *
 * @param reason the reason as metrics name it (http-api.md §4.6)
 * @param status what the client gets
 * @param blockStatus the HTTP status that the limits choose for {@link Status#BLOCKED}, else 0
 * @param message the text that the client gets
 */
public record Rejection(String reason, Status status, int blockStatus, String message) {
  /** What a client is told to do. */
  public enum Status {
    /** Do not send this again. */
    BAD_REQUEST,
    /** There is nothing in the push to take. */
    NOTHING_TO_TAKE,
    /** Pushes are refused until a set moment. */
    BLOCKED,
    /** Send it again later. */
    RATE_LIMITED,
    /** Send it again later: this server cannot write now. */
    UNAVAILABLE
  }

  public Rejection(String reason, Status status, String message) {
    this(reason, status, 0, message);
  }

  static Rejection badRequest(String reason, String message) {
    return new Rejection(reason, Status.BAD_REQUEST, message);
  }
}
