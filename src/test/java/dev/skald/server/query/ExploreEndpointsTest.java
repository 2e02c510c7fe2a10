package dev.skald.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http.Reply;
import dev.skald.testing.RunningServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people explore with: volumes, detected labels and fields, formatted queries. */
final class ExploreEndpointsTest {
  private static final String HOUR = "1795132800";
  private static final String NEXT_HOUR = "1795136400";

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void push() {
    server = RunningServer.start(directory, ", volume_max_series: 2");
    String lines =
        """
        {"streams":[
          {"stream":{"app":"a","pod":"1"},"values":[["1795132801000000000","size=1024B"],
            ["1795132802000000000","{\\"n\\":{\\"k\\":1}}",{"trace_id":"t1"}]]},
          {"stream":{"app":"b","pod":"2"},"values":[["1795132803000000000","%s"]]},
          {"stream":{"app":"c","pod":"3"},"values":[["1795132804000000000","x"]]}]}
        """
            .formatted("y".repeat(3000));
    assertThat(server.http().push(lines).status()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Reply get(RunningServer from, String path, String... parameters) {
    Map<String, String> all = new HashMap<>(Map.of("start", HOUR, "end", NEXT_HOUR));
    for (int i = 0; i < parameters.length; i += 2) {
      all.put(parameters[i], parameters[i + 1]);
    }
    return from.http().get("/loki/api/v1/" + path, all);
  }

  private static Reply get(String path, String... parameters) {
    return get(server, path, parameters);
  }

  private static void refuses(String message, String path, String... parameters) {
    Reply reply = get(path, parameters);
    assertThat(reply.text()).isEqualTo(message);
    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void countsVolumesTwiceInKib() {
    JsonNode result =
        get("index/volume", "query", "{app=~\"a|b\"}").json().path("data").path("result");
    assertThat(result.get(0).path("metric").path("app").asText()).isEqualTo("b");
    assertThat(result.get(0).path("value").get(1).asText()).isEqualTo("6144");
    assertThat(result.get(1).path("value").get(1).asText()).isEqualTo("0");
  }

  @Test
  void takesALimitOfZeroForTheDefault() {
    assertThat(get("index/volume", "query", "{app=\"b\"}", "limit", "0").status()).isEqualTo(200);
    refuses(
        "limit must be a positive value", "index/volume", "query", "{app=\"b\"}", "limit", "-1");
  }

  @Test
  void refusesWhatIsNoVolumeQuery() {
    refuses("only label matchers are supported", "index/volume", "query", "{app=\"a\"} |= \"x\"");
    refuses(
        "invalid aggregation option",
        "index/volume_range",
        "query",
        "{app=\"a\"}",
        "aggregateBy",
        "x");
    refuses(
        "end timestamp must not be before or equal to start time",
        "index/volume_range",
        "query",
        "{app=\"a\"}",
        "end",
        "1795132700");
  }

  @Test
  void stepsAreForVolumesOverTimeAlone() {
    for (String name : List.of("step", "interval", "direction")) {
      String[] odd = {"query", "{app=\"a\"}", name, "abc"};
      assertThat(get("index/volume", odd).status()).as(name).isEqualTo(200);
      assertThat(get("index/volume_range", odd).status()).as(name).isEqualTo(400);
    }
  }

  @Test
  void limitsTheSeriesOfVolumes() {
    refuses(
        "the query hit the max number of series limit (limit: 2 series)",
        "index/volume",
        "query",
        "{}");
  }

  @Test
  void hidesWhatIsSwitchedOff(@TempDir Path other) {
    try (RunningServer off = RunningServer.start(other, ", volume_enabled: false")) {
      for (String path : List.of("index/volume", "index/volume_range")) {
        Reply reply = get(off, path, "query", "{app=\"a\"}");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).isEqualTo("not found");
      }
    }
  }

  @Test
  void detectsLabelsOfAllStreams() {
    List<String> labels = new ArrayList<>();
    get("detected_labels")
        .json()
        .path("detectedLabels")
        .forEach(label -> labels.add(label.path("label").asText() + label.path("cardinality")));
    assertThat(labels).containsExactly("app3", "pod3", "service_name3");
  }

  @Test
  void detectsFieldsOfTheNewestLines() {
    Reply all = get("detected_fields", "query", "{app=\"a\"}");
    assertThat(all.text())
        .contains(
            "{\"label\":\"n_k\",\"type\":\"int\",\"cardinality\":1,\"parsers\":[\"json\"],"
                + "\"jsonPath\":[\"n\",\"k\"]}")
        .contains("{\"label\":\"trace_id\",\"type\":\"string\",\"cardinality\":1,\"parsers\":null}")
        .contains("\"label\":\"size\",\"type\":\"bytes\"")
        .endsWith("],\"limit\":1000}\n");
    Reply newest = get("detected_fields", "query", "{app=\"a\"}", "line_limit", "1");
    assertThat(newest.text()).contains("n_k").doesNotContain("size");
    Reply one = get("detected_fields", "query", "{app=\"a\"}", "field_limit", "1");
    assertThat(one.json().path("fields")).hasSize(1);
  }

  @Test
  void fieldsHaveAStepButNoDirectionAndNoInterval() {
    for (String path : List.of("detected_fields", "detected_field/size/values")) {
      for (String name : List.of("direction", "interval")) {
        Reply reply = get(path, "query", "{app=\"a\"}", name, "abc");
        assertThat(reply.status()).as(name).isEqualTo(200);
      }
      refuses(
          "cannot parse \"abc\" to a valid duration", path, "query", "{app=\"a\"}", "step", "abc");
    }
  }

  @Test
  void refusesWhatIsNoQueryForFields() {
    refuses(
        "only log selector is supported",
        "detected_fields",
        "query",
        "count_over_time({app=\"a\"}[1m])");
    refuses(
        "limit must be a positive value",
        "detected_field/size/values",
        "query",
        "{app=\"a\"}",
        "line_limit",
        "0");
  }

  @Test
  void writesSizesInOneWay() {
    assertThat(get("detected_field/size/values", "query", "{app=\"a\"}").text())
        .isEqualTo("{\"limit\":1000,\"values\":[\"1.0kB\"]}\n");
    assertThat(get("detected_field/nope/values", "query", "{app=\"a\"}").text()).isEqualTo("{}\n");
  }

  @Test
  void formatsAQueryOfAForm() {
    byte[] form = "query=%7Ba%3D%22b%22%7D%7C%3D%22c%22".getBytes(StandardCharsets.UTF_8);
    Reply reply =
        server
            .http()
            .post(
                "/loki/api/v1/format_query",
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                form);
    assertThat(reply.text())
        .isEqualTo("{\"status\":\"success\",\"data\":\"{a=\\\"b\\\"} |= \\\"c\\\"\"}");
  }

  @Test
  void findsNoPatterns() {
    assertThat(get("patterns", "query", "{app=\"a\"}").text())
        .isEqualTo("{\"status\":\"success\",\"data\":[]}\n");
    assertThat(get("patterns", "query", "{app=").status()).isEqualTo(400);
  }
}
