package dev.skald;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.http.RawClient;
import dev.skald.testing.Http;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant may be barred from pushing for a while (http-api.md §4.6). */
final class BlockedIngestionTest {
  private static final Map<String, String> TYPE = Map.of("Content-Type", "application/json");

  @TempDir Path directory;

  @Test
  void namesAStatusThatHasNoNameAsGoDoes() throws IOException {
    String block = ", block_ingestion_until: 2099-01-01T00:00:00Z";
    String body = "{\"streams\":[{\"stream\":{},\"values\":[[\"1\",\"x\"]]}]}";
    try (RunningServer server = RunningServer.start(directory, block);
        RawClient client = new RawClient(server.port())) {
      client.send(
          "POST /loki/api/v1/push HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      assertThat(client.read().statusLine()).isEqualTo("HTTP/1.1 260 status code 260");
    }
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
}
