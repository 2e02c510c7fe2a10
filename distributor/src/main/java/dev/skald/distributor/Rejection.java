package dev.skald.distributor;

/**
 * Why a stream or an entry of a push is not taken.
 *
 * @param reason the reason as metrics name it (http-api.md §4.6)
 * @param status what the client gets
 * @param message the text that the client gets
 */
public record Rejection(String reason, Status status, String message) {
  /** What a client is told to do. */
  public enum Status {
    /** Do not send this again. */
    BAD_REQUEST,
    /** There is nothing in the push to take. */
    NOTHING_TO_TAKE,
    /** Send it again later. */
    RATE_LIMITED,
    /** Send it again later: this server cannot write now. */
    UNAVAILABLE
  }

  static Rejection badRequest(String reason, String message) {
    return new Rejection(reason, Status.BAD_REQUEST, message);
  }
}
