package dev.skald.server.http;

/** One end of a WebSocket. What the client sends is of no account. */
public interface WebSocket {
  /** The connection ends because of an error (RFC 6455 §7.4.1). */
  int INTERNAL_ERROR = 1011;

  /**
   * Sends a text message, and waits until the system has taken it, which it does no faster than the
   * client reads.
   *
   * @param utf8 holds the text from its first byte on; not to be changed any more
   * @return false if the client is gone
   */
  boolean send(byte[] utf8, int length) throws InterruptedException;

  /**
   * Says that nothing more will come.
   *
   * @param reason cut off if it is longer than the 123 bytes that fit
   */
  void close(int code, String reason);
}
