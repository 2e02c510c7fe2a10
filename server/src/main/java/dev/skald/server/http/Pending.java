package dev.skald.server.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

/**
 * What has come on a connection and waits until what came before it is answered. For its event loop
 * alone.
 */
final class Pending {
  private static final int MOST = 128 << 10;

  /** What counts for each message, which may be a small part of a larger buffer. */
  private static final int MESSAGE = 2 << 10;

  private final Queue<HttpObject> messages = new ArrayDeque<>();
  private long bytes;

  void add(HttpObject message) {
    messages.add(message);
    bytes += size(message);
  }

  /** Takes the next message; null if there is none. */
  HttpObject poll() {
    HttpObject message = messages.poll();
    bytes -= message == null ? 0 : size(message);
    return message;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Whether no more should be read. */
  boolean isFull() {
    return bytes >= MOST;
  }

  /** Forgets all that waits. */
  void release() {
    messages.forEach(ReferenceCountUtil::release);
    messages.clear();
    bytes = 0;
  }

  private static long size(HttpObject message) {
    return MESSAGE
        + switch (message) {
          case HttpRequest head -> size(head);
          case HttpContent content -> content.content().readableBytes();
          default -> 0;
        };
  }

  private static long size(HttpRequest head) {
    long size = head.uri().length();
    for (Map.Entry<String, String> header : head.headers()) {
      size += header.getKey().length() + header.getValue().length();
    }
    return size;
  }
}
