package dev.skald.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A push as it was sent to Loki 3.7.6, with Loki's answer. */
public record PushCase(
    String name,
    String method,
    String path,
    Map<String, String> headers,
    byte[] body,
    int status,
    String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** When the pushes were sent, as far as their answers tell. */
  public static final Instant RECORDED = Instant.parse("2026-11-23T11:09:19Z");

  private static final long TIME = 1_795_140_000_000_000_000L;
  private static final int LONGEST_LINE = 262_144;

  /** Returns all recorded pushes; they were sent in this order to one server. */
  public static List<PushCase> all() {
    return Resources.lines("/conformance/push.jsonl").stream().map(PushCase::read).toList();
  }

  private static PushCase read(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      Map<String, String> headers = new TreeMap<>();
      node.get("headers").properties().forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
      return new PushCase(
          node.get("name").asText(),
          node.get("method").asText(),
          node.get("path").asText(),
          headers,
          body(node),
          node.get("status").asInt(),
          node.get("text").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  private static byte[] body(JsonNode node) {
    if (node.has("body64")) {
      return Base64.getDecoder().decode(node.get("body64").asText());
    }
    String text = node.has("body") ? node.get("body").asText() : unrecorded(node);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Bodies that were too large to record, or that depend on the clock. */
  private static String unrecorded(JsonNode node) {
    return switch (node.get("name").asText()) {
      case "line-256k" -> push("pushcase", TIME, "x".repeat(LONGEST_LINE));
      case "line-256k-plus" -> push("pushcase", TIME, "x".repeat(LONGEST_LINE + 1));
      case "future-20m" -> push("pushcase", after(Duration.ofMinutes(20)), "x");
      case "future-5m" -> push("pushfuture", after(Duration.ofMinutes(5)), "x");
      case "get" -> "";
      default -> throw new IllegalArgumentException("no body recorded: " + node);
    };
  }

  private static String push(String app, long time, String line) {
    return Lines.push(Map.of("app", app), time, List.of(line));
  }

  private static long after(Duration delay) {
    return RECORDED.plus(delay).getEpochSecond() * 1_000_000_000L;
  }

  @Override
  public String toString() {
    return name;
  }
}
