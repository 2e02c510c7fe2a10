package dev.skald.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skald.ruler.http.Receiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers 200 to everything and remembers what it was told last of each alert. */
final class RecordingAlertmanager implements Alertmanager {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Receiver receiver;
  private int port;

  @Override
  public int port() {
    return port;
  }

  @Override
  public void start() {
    try {
      receiver = new Receiver(port);
      port = receiver.port();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    receiver.close();
  }

  @Override
  public List<JsonNode> firing() {
    Map<JsonNode, JsonNode> newest = new HashMap<>();
    for (Receiver.Received request : receiver.received()) {
      for (JsonNode alert : alerts(request)) {
        newest.put(alert.get("labels"), alert);
      }
    }
    Instant now = Instant.now();
    return newest.values().stream()
        .filter(alert -> Instant.parse(alert.get("endsAt").asText()).isAfter(now))
        .toList();
  }

  private static JsonNode alerts(Receiver.Received request) {
    if (!request.path().equals("/api/v2/alerts")) {
      throw new AssertionError("posted to " + request.path());
    }
    try {
      return JSON.readTree(request.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    receiver.close();
  }
}
