package dev.skald.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A live tail over the WebSocket of the JDK. */
public final class TailClient implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final AtomicInteger pings = new AtomicInteger();
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final boolean reads;
  private WebSocket socket;

  private TailClient(boolean reads) {
    this.reads = reads;
  }

  /** Opens a tail and reads what comes. */
  public static TailClient open(int port, Map<String, ?> parameters, String... headers) {
    return open(port, "/loki/api/v1/tail", true, parameters, headers);
  }

  /**
   * @param reads whether it reads before {@link #read} is called
   */
  public static TailClient open(
      int port, String path, boolean reads, Map<String, ?> parameters, String... headers) {
    return open(HttpClient.newHttpClient(), uri(port, path, parameters), reads, headers);
  }

  /** Opens a tail, with TLS if the client has it. */
  public static TailClient open(HttpClient http, URI uri, boolean reads, String... headers) {
    TailClient client = new TailClient(reads);
    WebSocket.Builder builder = http.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    client.socket = builder.buildAsync(uri, client).join();
    return client;
  }

  /** Returns the address of a tail. */
  public static URI uri(int port, String path, Map<String, ?> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(p -> p.getKey() + "=" + encode(p.getValue().toString()))
            .collect(Collectors.joining("&"));
    return URI.create("ws://127.0.0.1:" + port + path + "?" + query);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    if (reads) {
      webSocket.request(Long.MAX_VALUE);
    }
  }

  /** Reads from now on. */
  public void read() {
    socket.request(Long.MAX_VALUE);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      try {
        frames.add(JSON.readTree(text.toString()));
      } catch (IOException e) {
        closed.completeExceptionally(e);
      }
      text.setLength(0);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
    pings.incrementAndGet();
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  /** Returns how many pings have come. */
  public int pings() {
    return pings.get();
  }

  /** Waits for the next message. */
  public JsonNode frame() throws InterruptedException {
    JsonNode frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("nothing has come; closed: " + closed);
    }
    return frame;
  }

  /** Waits for so many lines and returns them in the order in which they came. */
  public List<String> lines(int count) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    while (lines.size() < count) {
      for (JsonNode stream : frame().get("streams")) {
        lines.add(stream.get("values").get(0).get(1).asText());
      }
    }
    return lines;
  }

  /** Returns whether a message is there that was not taken. */
  public boolean hasMore() {
    return !frames.isEmpty();
  }

  /** Waits for the end and returns code and reason. */
  public String closed() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Hangs up politely. */
  public void leave() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
