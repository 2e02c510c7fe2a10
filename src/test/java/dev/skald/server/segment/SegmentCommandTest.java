package dev.skald.server.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.skald.storage.FormatPage;
import dev.skald.storage.object.S3Store;
import dev.skald.storage.testing.S3Endpoint;
import dev.skald.testing.Resources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentCommandTest {
  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private byte[] example;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    example = new FormatPage("segment.md").example("segment");
    file = Files.write(directory.resolve("example.seg"), example);
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return SegmentCommand.run(
        List.of(arguments), new PrintStream(out, false, UTF_8), new PrintStream(err, true, UTF_8));
  }

  private String printed() {
    return out.toString(UTF_8).replace(directory.toString(), "DIRECTORY");
  }

  @Test
  void printsTheExampleOfTheFormatPage() {
    assertThat(run(file.toString())).isZero();
    assertThat(printed()).isEqualTo(new String(Resources.bytes("/segment/example.txt"), UTF_8));
  }

  @Test
  void printsJson() throws IOException {
    assertThat(run("-o", "json", file.toString())).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toByteArray());
    assertThat(json.get("tenant").asText()).isEqualTo("t");
    assertThat(json.get("day").asText()).isEqualTo("2024-10-04");
    assertThat(json.get("entries").asInt()).isEqualTo(3);
    assertThat(json.get("problems")).isEmpty();
    JsonNode api = json.get("streams").get(0);
    assertThat(api.get("labels").get("app").asText()).isEqualTo("api");
    assertThat(api.get("to").asText()).isEqualTo("1728000000001000000");
    JsonNode level = json.get("blocks").get(0).get("pages").get(2);
    assertThat(level.toString())
        .isEqualTo(
            "{\"kind\":\"metadata\",\"columns\":[\"level\"],\"encoding\":\"dictionary\","
                + "\"offset\":53,\"stored\":26,\"raw\":13,\"problem\":\"\"}");
  }

  @Test
  void showsAsMuchAsIsAskedFor() {
    run("-limit=1", file.toString());
    assertThat(printed()).contains("STREAMS, the biggest first (1 of 2; -all shows all)");
    assertThat(printed()).contains("{app=\"api\"}").doesNotContain("{app=\"web\"}");
    run("-limit", "1", "--all", file.toString());
    assertThat(printed()).contains("{app=\"web\"}").doesNotContain("-all");
  }

  @Test
  void namesTheBadPage() throws IOException {
    example[95] ^= 1;
    Files.write(file, example);
    assertThat(run(file.toString())).isEqualTo(1);
    assertThat(printed())
        .contains("1 of 11 pieces bad")
        .contains("block 0, lines at byte 79: CRC32C ");
    assertThat(run("-o=json", file.toString())).isEqualTo(1);
    assertThat(printed()).contains("\"problems\":[\"block 0, lines at byte 79: CRC32C ");
  }

  @Test
  void saysThatASegmentIsCutShort() throws IOException {
    Files.write(file, Arrays.copyOf(example, 300));
    assertThat(run(file.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .contains(file.toString())
        .contains("it begins as a segment, but its end is not there or has changed");
    assertThat(out.size()).isZero();
  }

  @Test
  void saysThatAFileIsNoSegment() throws IOException {
    Files.writeString(file, "level=info msg=\"a log, but not a segment\"\n");
    assertThat(run(file.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("this is no segment");
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    assertThat(run(directory.resolve("none").toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).isEqualTo("there is no " + directory + "/none\n");
    assertThat(run(directory.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("is a directory, wanted a file");
  }

  @Test
  void explainsItselfWhenCalledWrongly() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("no segment is named\nUsage: skald segment ");
    for (String bad : List.of("-x", "-limit=-1", "-o=xml", "-o")) {
      assertThat(run(bad, "a")).as(bad).isEqualTo(2);
    }
    assertThat(run("a", "b")).isEqualTo(2);
    assertThat(run("-help")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("Usage: skald segment ");
  }

  @Test
  void readsAnAddressByRanges() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/segments/t/1.seg",
        exchange -> {
          String[] range = exchange.getRequestHeaders().getFirst("Range").substring(6).split("-");
          int from = Integer.parseInt(range[0]);
          byte[] part = Arrays.copyOfRange(example, from, Integer.parseInt(range[1]) + 1);
          exchange
              .getResponseHeaders()
              .add("Content-Range", "bytes %d-%s/%d".formatted(from, range[1], example.length));
          exchange.sendResponseHeaders(206, part.length);
          exchange.getResponseBody().write(part);
          exchange.close();
        });
    server.createContext(
        "/whole",
        exchange -> {
          exchange.sendResponseHeaders(200, example.length);
          exchange.getResponseBody().write(example);
          exchange.close();
        });
    server.start();
    try {
      String address = "http://localhost:" + server.getAddress().getPort();
      assertThat(run(address + "/segments/t/1.seg?signature=secret")).isZero();
      assertThat(printed()).startsWith("segment  " + address + "/segments/t/1.seg (version 1)\n");
      assertThat(run(address + "/none")).isEqualTo(1);
      assertThat(err.toString(UTF_8)).startsWith("there is no ");
      assertThat(run(address + "/whole")).isEqualTo(1);
      assertThat(err.toString(UTF_8)).contains("a GET of a range with status 200, wanted 206");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void readsABucket() throws Exception {
    try (S3Endpoint endpoint = S3Endpoint.start(Files.createDirectory(directory.resolve("s3")))) {
      endpoint.makeBucket("logs");
      try (S3Store store =
          S3Store.open(endpoint.config("logs"), (op, outcome, nanos, bytes) -> {})) {
        store.put("prefix/segments/t/1.seg", List.of(ByteBuffer.wrap(example)));
      }
      Path config = directory.resolve("config.yaml");
      Files.writeString(
          config,
          """
          common:
            path_prefix: %s
            storage:
              s3: {endpoint: "http://127.0.0.1:%d", bucketnames: others, s3forcepathstyle: true,
                   access_key_id: %s, secret_access_key: %s}
          """
              .formatted(directory, endpoint.port(), S3Endpoint.KEY_ID, S3Endpoint.SECRET));
      String flag = "-config.file=" + config;
      assertThat(run(flag, "s3://logs/prefix/segments/t/1.seg")).as(err.toString(UTF_8)).isZero();
      assertThat(printed()).startsWith("segment  prefix/segments/t/1.seg (version 1)\n");
      assertThat(run(flag, "s3://logs/none")).isEqualTo(1);
      assertThat(err.toString(UTF_8)).isEqualTo("there is no s3://logs/none\n");
    }
    assertThat(run("s3://logs")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).isEqualTo("cannot read s3://logs: wanted s3://BUCKET/KEY\n");
    assertThat(run("-config.file=none.yaml", "s3://logs/x")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("none.yaml");
  }
}
