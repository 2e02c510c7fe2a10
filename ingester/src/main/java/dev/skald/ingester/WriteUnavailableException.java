package dev.skald.ingester;

/**
 * Entries could not be made durable just now: the log cannot be written, or writers are too far
 * ahead of sealing, or the ingester is closed or not ready. Nothing of the push is visible; the
 * client should try again (status 503).
 */
public final class WriteUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public WriteUnavailableException(String message) {
    super(message);
  }

  public WriteUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
