package dev.skald.server.http;

/** What is done with a WebSocket, on a thread of its own. */
@FunctionalInterface
public interface WebSocketSession {
  /**
   * Runs until there is nothing more to say; the socket is closed after that, if it is not yet. The
   * thread is interrupted once the client is gone.
   */
  void run(WebSocket socket) throws InterruptedException;
}
