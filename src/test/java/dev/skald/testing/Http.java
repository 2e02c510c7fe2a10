package dev.skald.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** A client of one server. */
public final class Http {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  /**
   * @param address such as {@code http://127.0.0.1:3100}
   */
  public Http(String address) {
    this.address = address;
  }

  /** A reply with its body as it came. */
  public record Reply(int status, byte[] body, Map<String, String> headers) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + text(), e);
      }
    }
  }

  /** Waits until {@code /ready} says so. */
  public void awaitReady(long nanos) {
    long deadline = System.nanoTime() + nanos;
    String last = "no reply";
    while (System.nanoTime() < deadline) {
      try {
        Reply reply = get("/ready");
        if (reply.status() == 200) {
          return;
        }
        last = reply.text();
      } catch (UncheckedIOException e) {
        last = e.toString();
      }
      RunningServer.pause();
    }
    throw new AssertionError("not ready: " + last);
  }

  public Reply get(String path, Map<String, ?> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(p -> encode(p.getKey()) + "=" + encode(p.getValue().toString()))
            .collect(Collectors.joining("&"));
    return send(request(path + (query.isEmpty() ? "" : "?" + query)).GET());
  }

  public Reply get(String path) {
    return get(path, Map.of());
  }

  public Reply post(String path, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request);
  }

  /** Pushes Loki's JSON. */
  public Reply push(String json) {
    return post(
        "/loki/api/v1/push",
        Map.of("Content-Type", "application/json"),
        json.getBytes(StandardCharsets.UTF_8));
  }

  public Reply method(String method, String path, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        request(path).method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return send(request);
  }

  private HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(address + pathAndQuery));
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Map<String, String> headers =
          response.headers().map().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().getFirst()));
      return new Reply(response.statusCode(), response.body(), headers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
