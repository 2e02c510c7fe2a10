package dev.skald.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request and what Loki 3.7.6 has answered to it, on the data of the corpus. */
public record RecordedAnswer(
    String id,
    String group,
    String path,
    Map<String, String> parameters,
    int status,
    JsonNode body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns all recorded answers. */
  public static List<RecordedAnswer> all() {
    return Resources.lines("/conformance/answers.jsonl.gz").stream()
        .map(RecordedAnswer::parse)
        .toList();
  }

  /** Returns the bodies of the pushes that the answers are about. */
  public static List<String> corpus() {
    return Resources.lines("/conformance/corpus.jsonl.gz");
  }

  private static RecordedAnswer parse(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      Map<String, String> parameters = new LinkedHashMap<>();
      node.get("params")
          .properties()
          .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
      return new RecordedAnswer(
          node.get("id").asText(),
          node.get("group").asText(),
          node.get("path").asText(),
          parameters,
          node.get("status").asInt(),
          node.get("body"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return id + " " + path + " " + parameters.getOrDefault("query", parameters.toString());
  }
}
