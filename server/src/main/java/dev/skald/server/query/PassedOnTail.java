package dev.skald.server.query;

import dev.skald.server.http.WebSocketSession;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A tail of another process, passed on message by message, no faster than the client reads; it ends
 * as the other one ends.
 */
final class PassedOnTail implements WebSocketSession, WebSocket.Listener {
  private static final long CONNECT_SECONDS = 10;

  /** The other side pings every second. */
  private static final long SILENCE_SECONDS = 30;

  private static final int NO_STATUS = 1005;
  private static final int NORMAL = 1000;

  /** What the other side has said. */
  private sealed interface Heard {
    record Message(byte[] utf8) implements Heard {}

    record Ping() implements Heard {}

    record End(int code, String reason) implements Heard {}
  }

  /** Begins the tail of the other process. */
  @FunctionalInterface
  interface Opener {
    CompletableFuture<WebSocket> open(WebSocket.Listener listener);
  }

  private final Opener opener;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();

  PassedOnTail(Opener opener) {
    this.opener = opener;
  }

  @Override
  public void run(dev.skald.server.http.WebSocket socket) throws InterruptedException {
    CompletableFuture<WebSocket> opening = opener.open(this);
    try {
      WebSocket other = opening.get(CONNECT_SECONDS, TimeUnit.SECONDS);
      passOn(other, socket);
    } catch (ExecutionException e) {
      socket.close(dev.skald.server.http.WebSocket.INTERNAL_ERROR, why(e.getCause()));
    } catch (TimeoutException e) {
      socket.close(
          dev.skald.server.http.WebSocket.INTERNAL_ERROR,
          "the Skald that takes pushes does not answer");
    } finally {
      opening.thenAccept(WebSocket::abort);
    }
  }

  private void passOn(WebSocket other, dev.skald.server.http.WebSocket socket)
      throws InterruptedException {
    while (true) {
      other.request(1);
      switch (heard.poll(SILENCE_SECONDS, TimeUnit.SECONDS)) {
        case null -> {
          socket.close(
              dev.skald.server.http.WebSocket.INTERNAL_ERROR,
              "the Skald that takes pushes is silent");
          return;
        }
        case Heard.Ping ping -> {}
        case Heard.Message(byte[] utf8) -> {
          if (!socket.send(utf8, utf8.length)) {
            return;
          }
        }
        case Heard.End(int code, String reason) -> {
          socket.close(code == NO_STATUS ? NORMAL : code, reason);
          return;
        }
      }
    }
  }

  private static String why(Throwable cause) {
    return cause instanceof WebSocketHandshakeException refused
        ? "the Skald that takes pushes refuses the tail: status "
            + refused.getResponse().statusCode()
        : "the Skald that takes pushes cannot be reached: " + cause.getMessage();
  }

  @Override
  public void onOpen(WebSocket other) {
    // What is read is asked for by who passes it on.
  }

  @Override
  public CompletionStage<?> onText(WebSocket other, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      heard.add(new Heard.Message(text.toString().getBytes(StandardCharsets.UTF_8)));
      text.setLength(0);
    } else {
      other.request(1);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket other, ByteBuffer message) {
    heard.add(new Heard.Ping());
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket other, int code, String reason) {
    heard.add(new Heard.End(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket other, Throwable error) {
    heard.add(
        new Heard.End(
            dev.skald.server.http.WebSocket.INTERNAL_ERROR,
            "the Skald that takes pushes is gone: " + error.getMessage()));
  }
}
