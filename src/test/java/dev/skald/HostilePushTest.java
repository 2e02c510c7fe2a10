package dev.skald;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.Protobuf;
import dev.skald.testing.RunningServer;
import dev.skald.testing.ServerInProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Small bodies that stand for large memory: a server with a heap of 256 MB says no, or takes them,
 * and goes on.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostilePushTest {
  private static final long TIME = 1_795_132_800_000_000_000L;
  private static final byte[] EMPTY_ENTRY = {0x12, 0};
  private static final byte[] EMPTY_STREAM = {0x0a, 0};

  @TempDir static Path directory;
  private static ServerInProcess server;
  private static int normal;

  @BeforeAll
  static void start() throws IOException {
    server = ServerInProcess.start(directory, "", "-Xmx256m");
    // Streams that are there before one of the tests spends all that the tenant may have.
    for (String app : List.of("normal", "empty", "wide", "deep")) {
      server.http().push(Lines.push(Map.of("app", app), 0, List.of("first")));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** It still takes a push and answers a query, and never lacked memory. */
  @AfterEach
  void isStillThere() throws IOException {
    Http http = server.http();
    long time = TIME + ++normal;
    Http.Reply reply = http.push(Lines.push(Map.of("app", "normal"), time, List.of("still here")));
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    assertThat(Lines.query(http, "{app=\"normal\"}", time, time + 1)).hasSize(1);
    assertThat(Files.readString(directory.resolve("server.log")))
        .doesNotContain("OutOfMemoryError")
        .doesNotContain("StackOverflowError");
  }

  private static Http.Reply push(byte[] snappy) {
    return post("/loki/api/v1/push", "application/x-protobuf", snappy);
  }

  private static Http.Reply post(String path, String type, byte[] body) {
    return server.http().post(path, Map.of("Content-Type", type), body);
  }

  private static Http.Reply json(String body) {
    return post("/loki/api/v1/push", "application/json", body.getBytes(UTF_8));
  }

  private static Http.Reply otlp(Protobuf resourceLogs) {
    byte[] body = new Protobuf().message(1, resourceLogs).toByteArray();
    return post("/otlp/v1/logs", "application/x-protobuf", body);
  }

  private static byte[] repeat(byte[] part, int times) {
    byte[] all = new byte[part.length * times];
    for (int i = 0; i < all.length; i++) {
      all[i] = part[i % part.length];
    }
    return all;
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static byte[] emptyLines(String app, int count) {
    byte[] labels = new Protobuf().text(1, "{app=\"" + app + "\"}").toByteArray();
    return new Protobuf().bytes(1, join(labels, repeat(EMPTY_ENTRY, count))).snappy();
  }

  private static Protobuf entry(long nanos, String line) {
    Protobuf time =
        new Protobuf().number(1, nanos / 1_000_000_000L).number(2, nanos % 1_000_000_000L);
    return new Protobuf().message(1, time).text(2, line);
  }

  private static Protobuf pair(String name, String value) {
    return new Protobuf().text(1, name).text(2, value);
  }

  @Test
  void millionsOfEmptyLinesInASmallBody() {
    byte[] body = emptyLines("empty", 14_000_000);
    assertThat(body.length).isLessThan(4_000_000);
    Http.Reply reply = push(body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(413);
    assertThat(reply.text()).startsWith("request body too large: its streams, entries and labels");
    assertThat(push(emptyLines("empty", 100_000)).status()).isEqualTo(204);
  }

  @Test
  void manyLargePushesAtOnce() throws Exception {
    List<Future<Http.Reply>> replies = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < 32; i++) {
        byte[] body = emptyLines("empty", 250_000 - i);
        replies.add(clients.submit(() -> push(body)));
      }
    }
    for (Future<Http.Reply> reply : replies) {
      assertThat(reply.get().status()).as(reply.get().text()).isIn(204, 503);
    }
  }

  @Test
  void millionsOfEmptyStreams() {
    Http.Reply reply = push(snappy(repeat(EMPTY_STREAM, 14_000_000)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(413);
  }

  private static byte[] snappy(byte[] message) {
    try {
      return org.xerial.snappy.Snappy.compress(message);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void moreDifferentStreamsThanFitIntoMemory() {
    Protobuf request = new Protobuf();
    for (int i = 0; i < 120_000; i++) {
      request.message(1, new Protobuf().text(1, "{a=\"" + i + "\"}").bytes(2, new byte[0]));
    }
    Http.Reply reply = push(request.snappy());
    assertThat(reply.status()).as(reply.text()).isEqualTo(429);
    assertThat(reply.text()).contains("stream limit");
  }

  @Test
  void millionsOfEmptyEntriesInJson() {
    String body =
        "{\"streams\":[{\"stream\":{\"app\":\"x\"},\"values\":[" + "[],".repeat(8_000_000);
    Http.Reply reply = json(body + "[]]}]}");
    assertThat(reply.status()).as(reply.text()).isIn(413, 503);
  }

  @Test
  void thousandsOfMetadataNamesAnEntry() {
    Protobuf entry = entry(TIME, "wide");
    for (int i = 0; i < 5_000; i++) {
      entry.message(3, pair("name" + i, "v"));
    }
    Http.Reply reply =
        push(
            new Protobuf()
                .message(1, new Protobuf().text(1, "{app=\"wide\"}").message(2, entry))
                .snappy());
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.text()).contains("too many structured metadata labels: '5000', limit: '128'");
  }

  private static byte[] wide(int push, int entries, int namesEach) {
    Protobuf stream = new Protobuf().text(1, "{app=\"wide\"}");
    int name = 0;
    for (int i = 0; i < entries; i++) {
      Protobuf entry = entry(TIME + i, "push " + push + " line " + i);
      for (int j = 0; j < namesEach; j++) {
        entry.message(3, pair("p" + push + "n" + name++, "v"));
      }
      stream.message(2, entry);
    }
    return new Protobuf().message(1, stream).snappy();
  }

  @Test
  void otherMetadataNamesInEachEntry() {
    Http.Reply reply = push(wide(0, 10_000, 50));
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.text()).startsWith("push with more names of structured metadata");
    for (int push = 1; push <= 10; push++) {
      Http.Reply taken = push(wide(push, 500, 8));
      assertThat(taken.status()).as(taken.text()).isEqualTo(204);
    }
    Http.Reply flushed = post("/flush", "text/plain", new byte[0]);
    assertThat(flushed.status()).as(flushed.text()).isEqualTo(204);
    assertThat(Lines.query(server.http(), "{app=\"wide\"} |= \"push 7 \"", TIME, TIME + 500))
        .hasSize(500);
  }

  @Test
  void hundredsOfThousandsOfLabels() {
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < 300_000; i++) {
      labels.append(i == 0 ? "" : ",").append("\"l").append(i).append("\":\"v\"");
    }
    Http.Reply reply = json("{\"streams\":[{\"stream\":{" + labels + "},\"values\":[]}]}");
    assertThat(reply.status()).as(reply.text()).isIn(413, 503);
    String some = labels.substring(0, labels.indexOf("\"l3000\"") - 1);
    reply =
        json("{\"streams\":[{\"stream\":{" + some + "},\"values\":[[\"" + TIME + "\",\"x\"]]}]}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.text()).contains("has 3000 label names; limit 15");
  }

  @Test
  void labelValuesOfMegabytes() {
    Protobuf stream =
        new Protobuf()
            .text(1, "{app=\"" + "x".repeat(15_000_000) + "\"}")
            .message(2, entry(TIME, "line"));
    Http.Reply reply = push(new Protobuf().message(1, stream).snappy());
    assertThat(reply.status()).as(reply.text()).isEqualTo(413);
  }

  @Test
  void jsonOfAnyDepth() {
    Http.Reply reply = json("{\"x\":" + "[".repeat(10_000_000));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("nested more than 512 deep");
  }

  @Test
  void linesOfJsonOfAnyDepth() {
    List<String> deep = List.of("[".repeat(200_000), "{\"a\":".repeat(40_000));
    Http.Reply reply = server.http().push(Lines.push(Map.of("app", "deep"), TIME + 1, deep));
    assertThat(reply.status()).as(reply.text()).isEqualTo(204);
    for (String query :
        List.of("{app=\"deep\"} | json", "{app=\"deep\"} | json x=\"a.a.a\"", "{app=\"deep\"}")) {
      assertThat(Lines.query(server.http(), query, TIME + 1, TIME + 5)).hasSize(2);
    }
  }

  private static Protobuf otlpRecord(Protobuf value) {
    Protobuf record = new Protobuf().message(5, value);
    return new Protobuf().message(2, new Protobuf().message(2, record));
  }

  @Test
  void otlpValuesOfAnyDepth() {
    Protobuf value = new Protobuf().text(1, "deep");
    for (int i = 0; i < 2_000; i++) {
      value =
          i % 2 == 0
              ? new Protobuf().message(5, new Protobuf().message(1, value))
              : new Protobuf()
                  .message(
                      6, new Protobuf().message(1, new Protobuf().text(1, "k").message(2, value)));
    }
    Http.Reply reply = otlp(otlpRecord(value));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("nested more than 64 deep");
  }

  @Test
  void otlpValuesThatAreLongerWhenPrinted() {
    Protobuf controls = new Protobuf().text(1, "\u0001".repeat(20_000_000));
    Http.Reply reply =
        otlp(otlpRecord(new Protobuf().message(5, new Protobuf().message(1, controls))));
    assertThat(reply.status()).isEqualTo(400);
    Protobuf members = new Protobuf();
    for (int i = 0; i < 1_000_000; i++) {
      members.message(1, new Protobuf().text(1, Integer.toString(i, 36)));
    }
    reply = otlp(otlpRecord(new Protobuf().message(6, members)));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("too large");
  }

  @Test
  void aBodyThatIsNothingButCompression() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 512; i++) {
        gzip.write(zeros);
      }
    }
    Http.Reply reply =
        server
            .http()
            .post(
                "/loki/api/v1/push",
                Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"),
                packed.toByteArray());
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("decompressed message size too large");
  }

  @Test
  void thousandsOfTenants(@TempDir Path own) throws Exception {
    try (ServerInProcess many =
            ServerInProcess.start(
                own,
                port ->
                    RunningServer.config(own, port, "")
                        .replace("auth_enabled: false", "auth_enabled: true"),
                "-Xmx256m");
        ExecutorService clients = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> statuses = new ArrayList<>();
      byte[] body = Lines.push(Map.of("app", "x"), TIME, List.of("line")).getBytes(UTF_8);
      for (int i = 0; i < 6_000; i++) {
        Map<String, String> headers =
            Map.of("Content-Type", "application/json", "X-Scope-OrgID", "tenant-" + i);
        statuses.add(
            clients.submit(() -> many.http().post("/loki/api/v1/push", headers, body).status()));
      }
      for (Future<Integer> status : statuses) {
        assertThat(status.get()).isEqualTo(204);
      }
      String metrics = many.http().get("/metrics").text();
      assertThat(metrics).contains("tenant=\"other tenants\"");
      assertThat(
              metrics.lines().filter(l -> l.startsWith("loki_distributor_lines_received_total{")))
          .hasSize(5_001);
      assertThat(Files.readString(own.resolve("server.log"))).doesNotContain("OutOfMemoryError");
    }
  }
}
