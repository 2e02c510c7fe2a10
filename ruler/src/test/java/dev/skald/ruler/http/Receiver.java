package dev.skald.ruler.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on the loopback that keeps what it is sent and answers as it was told to: in turn, and
 * then with 200.
 */
public final class Receiver implements AutoCloseable {
  /** What came: the names of headers in lower case. */
  public record Received(String path, Map<String, String> headers, byte[] body) {}

  /** What to do with a request whose body was read. */
  @FunctionalInterface
  public interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Deque<Behaviour> script = new ArrayDeque<>();
  private final HttpServer server;

  public Receiver() throws IOException {
    this(0);
  }

  /**
   * @param port 0 for a free one
   */
  public Receiver(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Everything that came so far, whatever was answered. */
  public List<Received> received() {
    return received;
  }

  /** Answers a request with a status, after those that were told before. */
  public Receiver then(int status) {
    return then(status, Map.of(), "");
  }

  public Receiver then(int status, Map<String, String> headers, String body) {
    return then(
        exchange -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  public synchronized Receiver then(Behaviour behaviour) {
    script.add(behaviour);
    return this;
  }

  /** Ends the connection without an answer. */
  public Receiver thenHangUp() {
    return then(HttpExchange::close);
  }

  /** Keeps the connection and does not answer while this server runs. */
  public Receiver thenHang() {
    return then(exchange -> awaitClose());
  }

  /** Answers with the first byte of a body, and with nothing more while this server runs. */
  public Receiver thenBodyWithoutEnd() {
    return then(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          awaitClose();
        });
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
    byte[] body = exchange.getRequestBody().readAllBytes();
    received.add(new Received(exchange.getRequestURI().toString(), headers, body));
    try (exchange) {
      next().answer(exchange);
    }
  }

  private synchronized Behaviour next() {
    return script.isEmpty() ? exchange -> exchange.sendResponseHeaders(200, -1) : script.poll();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
