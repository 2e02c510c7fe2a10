package dev.skald.storage.object;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before an HTTP server and does to each request what the next fault says. */
final class FaultyFront implements AutoCloseable {
  enum Fault {
    NONE,
    /** The server has too much to do. */
    SLOW_DOWN,
    /** The connection breaks before the server hears of the request. */
    RESET,
    /** The server does it, but its answer is lost. */
    LOST_ANSWER,
    /** The connection breaks in the middle of the answer. */
    HALF_ANSWER,
    /** Nothing comes. */
    SILENCE,
    /** Another conditional write is under way. */
    CONFLICT,
    /** There is no such object. */
    ABSENT
  }

  private final ServerSocket listener;
  private final int port;
  private final ConcurrentLinkedQueue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Socket> clients = new ConcurrentLinkedQueue<>();
  final AtomicInteger requests = new AtomicInteger();

  FaultyFront(int port) throws IOException {
    this.port = port;
    this.listener = new ServerSocket();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** What happens to the next requests; those after them pass. */
  void next(Fault... planned) {
    faults.addAll(List.of(planned));
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      byte[] request = request(client.getInputStream());
      if (request.length == 0) {
        return;
      }
      requests.incrementAndGet();
      Fault fault = faults.isEmpty() ? Fault.NONE : faults.remove();
      byte[] answer =
          switch (fault) {
            case RESET, SILENCE -> new byte[0];
            case SLOW_DOWN -> refusal("503 Slow Down", "SlowDown");
            case CONFLICT -> refusal("409 Conflict", "ConditionalRequestConflict");
            case ABSENT -> refusal("404 Not Found", "NoSuchKey");
            case NONE, LOST_ANSWER, HALF_ANSWER -> forward(request);
          };
      switch (fault) {
        case NONE, SLOW_DOWN, CONFLICT, ABSENT -> client.getOutputStream().write(answer);
        case HALF_ANSWER -> client.getOutputStream().write(answer, 0, answer.length - 4);
        case SILENCE -> client.getInputStream().read();
        case RESET, LOST_ANSWER -> client.setSoLinger(true, 0);
      }
    } catch (IOException gone) {
      // The client has closed the connection.
    }
  }

  private static byte[] refusal(String status, String code) {
    String body = "<Error><Code>" + code + "</Code><Message>not now</Message></Error>";
    String head =
        "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(status, body.length());
    return (head + body).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Reads a head and as many bytes of body as it announces. */
  private static byte[] request(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return new byte[0];
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    int length = 0;
    StringBuilder rewritten = new StringBuilder();
    for (String line : text.strip().split("\r\n")) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring("content-length:".length()).strip());
      }
      if (!lower.startsWith("connection:") && !lower.startsWith("expect:")) {
        rewritten.append(line).append("\r\n");
      }
    }
    rewritten.append("Connection: close\r\n\r\n");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(rewritten.toString().getBytes(StandardCharsets.ISO_8859_1));
    whole.writeBytes(in.readNBytes(length));
    return whole.toByteArray();
  }

  private byte[] forward(byte[] request) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
      server.getOutputStream().write(request);
      return server.getInputStream().readAllBytes();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
