package dev.skald.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Pushes lines and reads them back. */
public final class Lines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Lines() {}

  /** A line of a result with its time, in the order of the reply. */
  public record Line(Map<String, String> labels, long time, String text) {}

  /** Returns the body of a push of some lines of one stream, a nanosecond apart. */
  public static String push(Map<String, String> labels, long firstTime, List<String> lines) {
    ObjectNode stream = JSON.createObjectNode();
    ObjectNode names = stream.putObject("stream");
    labels.forEach(names::put);
    ArrayNode values = stream.putArray("values");
    for (int i = 0; i < lines.size(); i++) {
      values.addArray().add(Long.toString(firstTime + i)).add(lines.get(i));
    }
    ObjectNode body = JSON.createObjectNode();
    body.putArray("streams").add(stream);
    return body.toString();
  }

  /** Asks for the lines of a log query in {@code [start, end)}, oldest first. */
  public static List<Line> query(Http http, String query, long start, long end) {
    Http.Reply reply =
        http.get(
            "/loki/api/v1/query_range",
            Map.of(
                "query", query, "start", start, "end", end, "limit", 5000, "direction", "forward"));
    if (reply.status() != 200) {
      throw new AssertionError(query + " got " + reply.status() + ": " + reply.text());
    }
    List<Line> lines = new ArrayList<>();
    for (JsonNode stream : reply.json().get("data").get("result")) {
      Map<String, String> labels = new java.util.TreeMap<>();
      stream.get("stream").properties().forEach(l -> labels.put(l.getKey(), l.getValue().asText()));
      for (JsonNode value : stream.get("values")) {
        lines.add(new Line(labels, value.get(0).asLong(), value.get(1).asText()));
      }
    }
    return lines;
  }
}
