package dev.skald;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skald.testing.Http;
import dev.skald.testing.Resources;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends the pushes that Loki 3.7.6 was sent, and expects its answers. Of a body that is malformed
 * JSON only the status is compared: Loki's text shows the workings of its JSON reader.
 */
final class RecordedPushAnswersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> TYPE = Map.of("Content-Type", "application/json");
  private static final String NO_DEFLATE = "deflate-zlib";
  private static final Instant NOW = Instant.parse("2026-11-23T11:09:19Z");

  @TempDir private Path directory;

  @TestFactory
  Stream<DynamicTest> answersAsLokiDoes() throws IOException {
    RunningServer server = RunningServer.start(directory, "", Clock.fixed(NOW, ZoneOffset.UTC));
    return Resources.lines("/conformance/push.jsonl").stream()
        .map(RecordedPushAnswersTest::parse)
        .filter(recorded -> recorded.has("body") || recorded.has("body64"))
        .map(
            recorded ->
                DynamicTest.dynamicTest(name(recorded), () -> check(server.http(), recorded)))
        .onClose(server::close);
  }

  @Test
  void answersABlockedTenantWithTheStatusThatIsSet() {
    String block = ", block_ingestion_until: 2099-01-01T00:00:00Z";
    String text =
        "ingestion blocked for user 'fake' until '2099-01-01T00:00:00Z' with status code '260'";
    try (RunningServer server = RunningServer.start(directory, block)) {
      Http.Reply reply =
          server.http().push("{\"streams\":[{\"stream\":{},\"values\":[[\"1\",\"x\"]]}]}");
      assertThat(reply.status()).isEqualTo(260);
      assertThat(reply.text()).isEqualTo(text + "\n");
      String logs = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{}]}]}]}";
      Http.Reply otlp = server.http().post("/otlp/v1/logs", TYPE, logs.getBytes(UTF_8));
      assertThat(otlp.status()).isEqualTo(260);
      assertThat(otlp.text()).isEqualTo("\u0012" + (char) text.length() + text);
    }
  }

  private static String name(JsonNode recorded) {
    return recorded.get("name").asText();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void check(Http http, JsonNode recorded) {
    Map<String, String> headers = new HashMap<>();
    recorded
        .get("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    byte[] body =
        recorded.has("body64")
            ? Base64.getDecoder().decode(recorded.get("body64").asText())
            : recorded.get("body").asText().getBytes(UTF_8);
    Http.Reply reply =
        http.method(recorded.get("method").asText(), recorded.get("path").asText(), headers, body);
    String text = recorded.get("text").asText();
    assertThat(reply.status()).as(reply.text()).isEqualTo(recorded.get("status").asInt());
    boolean malformed = text.contains(", error found in #") || NO_DEFLATE.equals(name(recorded));
    if (!malformed) {
      assertThat(reply.text()).isEqualTo(text);
    }
  }
}
