package dev.skald.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.skald.server.http.RawClient;
import dev.skald.testing.Http;
import dev.skald.testing.Protobuf;
import dev.skald.testing.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What shippers of logs send, each in its own form (config-and-clients.md §5.1). */
final class PushClientsTest {
  private static final String PUSH = "/loki/api/v1/push";
  private static final String OTLP = "/otlp/v1/logs";
  private static final String JSON = "application/json";
  private static final String PROTOBUF = "application/x-protobuf";
  private static final long TIME = 1_795_132_800_000_000_000L;

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    String yaml =
        RunningServer.config(directory, 0, "").replace("auth_enabled: false", "auth_enabled: true");
    server = RunningServer.configured(directory, yaml, Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private interface Opener {
    OutputStream on(OutputStream out) throws IOException;
  }

  private static byte[] through(Opener opener, byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = opener.on(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] plain) {
    return through(GZIPOutputStream::new, plain);
  }

  private static byte[] zlib(byte[] plain) {
    return through(DeflaterOutputStream::new, plain);
  }

  private static byte[] lz4(byte[] plain) {
    return through(LZ4FrameOutputStream::new, plain);
  }

  /** Loki's JSON with a line of a client, and metadata where the client sends some. */
  private static byte[] json(String client, String metadata) {
    return "{\"streams\":[{\"stream\":{\"client\":\"%s\",\"job\":\"x\"},\"values\":[[\"%d\",\"line of %s\"%s]]}]}"
        .formatted(client, TIME, client, metadata)
        .getBytes(UTF_8);
  }

  private static Protobuf protobuf(String client) {
    Protobuf time = new Protobuf().number(1, TIME / 1_000_000_000L).number(2, 0);
    Protobuf entry = new Protobuf().message(1, time).text(2, "line of " + client);
    Protobuf stream =
        new Protobuf().text(1, "{client=\"" + client + "\", job=\"x\"}").message(2, entry);
    return new Protobuf().message(1, stream);
  }

  private static byte[] old(String client) {
    return "{\"streams\":[{\"labels\":\"{client=\\\"%s\\\", job=\\\"x\\\"}\",\"entries\":[{\"ts\":\"2026-11-20T00:00:00Z\",\"line\":\"line of %s\"}]}]}"
        .formatted(client, client)
        .getBytes(UTF_8);
  }

  private static Protobuf otlp(String client) {
    Protobuf name =
        new Protobuf().text(1, "service.name").message(2, new Protobuf().text(1, client));
    Protobuf record = new Protobuf().message(5, new Protobuf().text(1, "line of " + client));
    return new Protobuf()
        .message(
            1,
            new Protobuf()
                .message(1, new Protobuf().message(1, name))
                .message(2, new Protobuf().message(2, record)));
  }

  private static byte[] otlpJson(String client) {
    return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"%s\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"%d\",\"body\":{\"stringValue\":\"line of %s\"}}]}]}]}"
        .formatted(client, TIME, client)
        .getBytes(UTF_8);
  }

  /** A push; {@code agent} is what the client calls itself. */
  private record Sent(
      String client, String path, String type, String encoding, String agent, byte[] body) {
    @Override
    public String toString() {
      return client;
    }

    Http.Reply post(String... more) {
      Map<String, String> headers = new HashMap<>();
      headers.put("Content-Type", type);
      headers.put("X-Scope-OrgID", "team");
      headers.put("User-Agent", agent);
      if (!encoding.isEmpty()) {
        headers.put("Content-Encoding", encoding);
      }
      for (int i = 0; i < more.length; i += 2) {
        headers.put(more[i], more[i + 1]);
      }
      return server.http().post(path, headers, body);
    }
  }

  private static Sent json(String client, String agent, String encoding, byte[] body) {
    return new Sent(client, PUSH, JSON, encoding, agent, body);
  }

  private static Sent snappy(String client, String agent, String encoding) {
    return new Sent(client, PUSH, PROTOBUF, encoding, agent, protobuf(client).snappy());
  }

  static Stream<Sent> loki() {
    String metadata = ",{\"trace_id\":\"t1\"}";
    return Stream.of(
        snappy("promtail", "promtail/3.5.0", ""),
        snappy("alloy", "Alloy/v1.9.0 (linux; docker)", ""),
        snappy("agent", "GrafanaAgent/v0.44.2 (flow; linux; binary)", ""),
        snappy("docker-driver", "promtail/unknown", ""),
        snappy("canary", "loki-canary-push/3.5.0", ""),
        snappy("lokiexporter", "OpenTelemetry Collector Contrib/0.101.0", ""),
        snappy("winston-loki", "node", ""),
        snappy("xk6-loki", "xk6-loki/0.0.1", "snappy"),
        snappy("vector-snappy", "Vector/0.48.0", "snappy"),
        json("vector-gzip", "Vector/0.48.0", "gzip", gzip(json("vector-gzip", metadata))),
        json("vector-zlib", "Vector/0.48.0", "deflate", zlib(json("vector-zlib", metadata))),
        json("vector-none", "Vector/0.48.0", "", json("vector-none", metadata)),
        json("fluent-bit", "Fluent-Bit", "", json("fluent-bit", metadata)),
        json("fluent-bit-gzip", "Fluent-Bit", "gzip", gzip(json("fluent-bit-gzip", metadata))),
        json("fluentd", "Ruby", "", json("fluentd", "")),
        json("fluentd-gzip", "Ruby", "gzip", gzip(json("fluentd-gzip", ""))),
        json("logstash", "loki-logstash", "", json("logstash", "")),
        json("telegraf", "Telegraf/1.34.0", "gzip", gzip(json("telegraf", ""))),
        json("serilog", "", "", json("serilog", "")),
        new Sent(
            "serilog-charset", PUSH, JSON + "; charset=utf-8", "", "", json("serilog-charset", "")),
        new Sent("python-v1", PUSH, JSON, "", "python-requests/2.32", json("python-v1", "")),
        new Sent("python-v0", "/api/prom/push", JSON, "", "python-requests/2.32", old("python-v0")),
        new Sent(
            "promtail-old",
            "/api/prom/push",
            PROTOBUF,
            "",
            "promtail/1.6",
            protobuf("promtail-old").snappy()));
  }

  /** Vector and python-logging-loki take nothing but 204 for a success. */
  @ParameterizedTest
  @MethodSource("loki")
  void pushesOfShippersAreStoredAndAnsweredWithNothing(Sent sent) {
    Http.Reply reply = sent.post();

    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.headers()).doesNotContainKeys("content-type", "content-length");
    assertThat(stored("{client=\"" + sent.client + "\"}"))
        .containsExactly("line of " + sent.client);
    assertThat(sent.post().status()).as("sent again").isEqualTo(204);
    assertThat(stored("{client=\"" + sent.client + "\"}")).hasSize(1);
  }

  static Stream<Sent> openTelemetry() {
    String agent = "OpenTelemetry Collector/0.128.0 (linux/amd64)";
    return Stream.of(
        new Sent("otlp", OTLP, PROTOBUF, "", agent, otlp("otlp").toByteArray()),
        new Sent("otlp-gzip", OTLP, PROTOBUF, "gzip", agent, gzip(otlp("otlp-gzip").toByteArray())),
        new Sent(
            "otlp-zstd",
            OTLP,
            PROTOBUF,
            "zstd",
            agent,
            Zstd.compress(otlp("otlp-zstd").toByteArray())),
        new Sent("otlp-lz4", OTLP, PROTOBUF, "lz4", agent, lz4(otlp("otlp-lz4").toByteArray())),
        new Sent("otlp-json", OTLP, JSON, "", agent, otlpJson("otlp-json")),
        new Sent("otlp-json-gzip", OTLP, JSON, "gzip", agent, gzip(otlpJson("otlp-json-gzip"))));
  }

  @ParameterizedTest
  @MethodSource("openTelemetry")
  void pushesOfTheCollectorAreStoredAndAnsweredWithNothing(Sent sent) {
    Http.Reply reply = sent.post();

    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
    assertThat(stored("{service_name=\"" + sent.client + "\"}"))
        .containsExactly("line of " + sent.client);
  }

  /** The collector drops what gets a 400, and shows the text of the status in its log. */
  @ParameterizedTest
  @CsvSource({"snappy", "deflate", "zlib"})
  void theCollectorIsToldWhichEncodingsThereAre(String encoding) {
    Sent sent = new Sent("otlp", OTLP, PROTOBUF, encoding, "", zlib(new byte[10]));
    Http.Reply reply = sent.post();

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.headers()).containsEntry("content-type", "application/octet-stream");
    assertThat(reply.body()[0]).as("field 2, a text").isEqualTo((byte) 0x12);
    assertThat(reply.text()).contains("unsupported content encoding " + encoding + ": only gzip");
  }

  /** Shippers log the first line of the body, and drop what gets a 400. */
  @Test
  void refusalsAreOneLineOfText() {
    Sent zstd = json("x", "Vector/0.48.0", "zstd", Zstd.compress(json("x", "")));
    Sent form = new Sent("x", PUSH, "application/x-www-form-urlencoded", "", "curl", json("x", ""));
    Sent labels =
        json("x", "", "", new String(json("x", ""), UTF_8).replace("job", "j.b").getBytes(UTF_8));

    assertRefused(zstd.post(), "Content-Encoding \"zstd\" not supported");
    assertRefused(form.post(), "snappy: corrupt input");
    assertRefused(labels.post(), "couldn't parse labels: ");
    assertRefused(json("x", "", "gzip", json("x", "")).post(), "gzip: invalid header");
  }

  private static void assertRefused(Http.Reply reply, String text) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.headers()).containsEntry("content-type", "text/plain; charset=utf-8");
    assertThat(reply.text()).startsWith(text).endsWith("\n");
    assertThat(reply.text().strip().lines()).hasSize(1);
  }

  @Test
  void aShipperMayAskFirstAndSendInChunks() throws IOException {
    byte[] body = json("chunks", "");
    String head =
        "POST /loki/api/v1/push HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "X-Scope-OrgID: team\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n";
    try (RawClient client = new RawClient(server.port())) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.send(head).read().status()).isEqualTo(100);
        for (byte one : body) {
          client.send("1\r\n" + (char) one + "\r\n");
        }
        assertThat(client.send("0\r\n\r\n").read().status()).isEqualTo(204);
      }
    }
    assertThat(stored("{client=\"chunks\"}")).containsExactly("line of chunks");
  }

  @Test
  void credentialsThatNobodyAskedForDoNoHarm() {
    String basic = Base64.getEncoder().encodeToString("u:p".getBytes(UTF_8));
    for (String authorization : List.of("Basic " + basic, "Bearer token", "nonsense")) {
      assertThat(snappy("promtail", "promtail/3", "").post("Authorization", authorization).status())
          .isEqualTo(204);
    }
  }

  private static List<String> stored(String query) {
    Http.Reply reply =
        server
            .http()
            .method(
                "GET",
                "/loki/api/v1/query_range?limit=100&direction=forward&start=%d&end=%d&query=%s"
                    .formatted(
                        TIME - 1,
                        TIME + 1_000_000_000_000_000L,
                        java.net.URLEncoder.encode(query, UTF_8)),
                Map.of("X-Scope-OrgID", "team"),
                new byte[0]);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply
        .json()
        .at("/data/result")
        .valueStream()
        .flatMap(stream -> stream.get("values").valueStream())
        .map(value -> value.get(1).asText())
        .toList();
  }
}
