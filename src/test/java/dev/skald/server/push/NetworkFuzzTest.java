package dev.skald.server.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http.Reply;
import dev.skald.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends what is nearly valid to every endpoint that reads something: the answer is one of a
 * client's faults, never one of the server's, and the server goes on.
 */
final class NetworkFuzzTest {
  private static final int ROUNDS = 150;
  private static final String PUSH = "/loki/api/v1/push";
  private static final String OTLP = "/otlp/v1/logs";

  @TempDir static Path directory;
  private static RunningServer server;
  private static final SamplePushes PUSHES = new SamplePushes(1_795_132_800_000_000_000L);

  @BeforeAll
  static void start() {
    server =
        RunningServer.startWith(
            directory,
            "compactor: {retention_enabled: true, delete_request_store: filesystem}\n"
                + "distributor: {max_recv_msg_size: 5000000}\n");
  }

  @AfterAll
  static void stop() {
    String metrics = server.http().get("/metrics").text();
    server.close();
    assertThat(metrics).contains("loki_panic_total 0");
  }

  private static void post(String path, String type, String encoding, byte[] body) {
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", type));
    if (!encoding.isEmpty()) {
      headers.put("Content-Encoding", encoding);
    }
    Reply reply = server.http().post(path, headers, body);
    assertThat(reply.status()).as("%s %s %s", path, type, reply.text()).isLessThan(500);
  }

  private static void mutate(byte[] valid, String path, String type, String encoding) {
    Random random = new Random(valid.length);
    for (int i = 0; i < ROUNDS; i++) {
      byte[] body = valid;
      for (int times = 1 + random.nextInt(4); times > 0; times--) {
        body = Mutations.mutated(body, random);
      }
      post(path, type, encoding, body);
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  @Test
  void survivesDamagedPushes() throws IOException {
    mutate(PUSHES.json(), PUSH, "application/json", "");
    mutate(gzip(PUSHES.json()), PUSH, "application/json", "gzip");
    mutate(PUSHES.protobuf(), PUSH, "application/x-protobuf", "");
    mutate(PUSHES.protobuf(), "/api/prom/push", "application/x-protobuf", "snappy");
    mutate(
        "{\"streams\":[{\"labels\":\"{a=\\\"b\\\"}\",\"entries\":[{\"ts\":\"2026-11-20T00:00:00Z\",\"line\":\"x\"}]}]}"
            .getBytes(UTF_8),
        "/api/prom/push",
        "application/json",
        "");
  }

  @Test
  void survivesDamagedOpenTelemetry() throws IOException {
    mutate(PUSHES.otlp(), OTLP, "application/json", "");
    mutate(gzip(PUSHES.otlp()), OTLP, "application/json", "gzip");
    byte[] protobuf =
        OtlpSample.message(
            logs ->
                logs.message(
                    1, resource -> resource.message(2, scope -> scope.message(2, r -> {}))));
    mutate(protobuf, OTLP, "application/x-protobuf", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "snappy", "zstd", "lz4", "br", "gzip, gzip", "\u00e4"})
  void survivesBodiesOfAnotherEncoding(String encoding) throws IOException {
    String plain = encoding.replace("\u00e4", "x");
    for (String path : List.of(PUSH, "/api/prom/push", OTLP)) {
      for (String type : List.of("application/json", "application/x-protobuf", "text/plain", "x")) {
        post(path, type, plain, PUSHES.json());
        post(path, type, plain, gzip(PUSHES.json()));
        post(path, type, plain, new byte[0]);
      }
    }
  }

  @Test
  void refusesBombs() throws IOException {
    byte[] bomb = gzip(new byte[200_000_000]);
    for (String type : List.of("application/json", "application/x-protobuf")) {
      Reply reply =
          server.http().post(PUSH, Map.of("Content-Type", type, "Content-Encoding", "gzip"), bomb);
      assertThat(reply.status()).isIn(400, 413);
    }
    post(OTLP, "application/x-protobuf", "gzip", bomb);
    post(PUSH, "application/json", "", "[".repeat(1_000_000).getBytes(UTF_8));
    post(OTLP, "application/json", "", "{\"a\":".repeat(500_000).getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/loki/api/v1/query_range",
        "/loki/api/v1/query",
        "/loki/api/v1/labels",
        "/loki/api/v1/series",
        "/loki/api/v1/index/stats",
        "/loki/api/v1/index/volume",
        "/loki/api/v1/index/volume_range",
        "/loki/api/v1/detected_labels",
        "/loki/api/v1/detected_fields",
        "/loki/api/v1/patterns",
        "/loki/api/v1/format_query",
        "/loki/api/v1/delete",
        "/prometheus/api/v1/rules",
      })
  void survivesOddParameters(String path) {
    Random random = new Random(path.hashCode());
    List<String> names =
        List.of("query", "start", "end", "time", "step", "limit", "direction", "match[]", "since");
    List<String> values =
        List.of(
            "{app=~\".+\"}",
            "rate({a=\"b\"}[5m])",
            "-1",
            "9999999999999999999999",
            "1e400",
            "NaN",
            "",
            "\u0000",
            "\ud83d",
            "{",
            "(".repeat(20_000),
            "0",
            "1ms",
            "2026-13-45T99:99:99Z",
            "-9223372036854775808",
            "forward",
            "0.0000001",
            "\u00e4\u202e",
            "1795132800");
    for (int i = 0; i < 60; i++) {
      StringBuilder query = new StringBuilder();
      for (int n = 1 + random.nextInt(5); n > 0; n--) {
        String value = values.get(random.nextInt(values.size()));
        query
            .append(names.get(random.nextInt(names.size())))
            .append('=')
            .append(URLEncoder.encode(value, UTF_8))
            .append('&');
      }
      Reply reply = server.http().get(path + "?" + query);
      assertThat(reply.status()).as("%s?%s: %s", path, query, reply.text()).isLessThan(500);
    }
  }
}
