package dev.skald.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.server.http.RawClient;
import dev.skald.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of pushes that announce more than anybody takes (http-api.md §4.1). */
final class PushSizeTest {
  private static final String ANNOUNCED = "2000000000";

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/loki/api/v1/push, application/json, 400, compressed message size N exceeds limit M",
    "/api/prom/push, application/json; charset=utf-8, 400, compressed message size N exceeds limit"
        + " M",
    "/loki/api/v1/push, application/x-protobuf, 413, request body too large: message size too large"
        + " than max (N vs M)",
    "/loki/api/v1/push, '', 400, mime: no media type",
    "/otlp/v1/logs, application/json, 413, request body too large: message size too large than max"
        + " (N vs M)",
  })
  void tellsWithoutReadingThem(String path, String type, int status, String text)
      throws IOException {
    try (RawClient client = new RawClient(server.port())) {
      client.send(
          "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %s\r\n\r\n"
              .formatted(path, type, ANNOUNCED));
      RawClient.Reply reply = client.read();
      assertThat(reply.status()).isEqualTo(status);
      String masked = reply.text().replace(ANNOUNCED, "N").replaceFirst("\\d{5,}", "M");
      assertThat(masked).contains(text);
      assertThat(client.isClosed()).isTrue();
    }
  }
}
