package dev.skald.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Http;
import dev.skald.testing.RunningServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rarer forms of Grafana's requests (config-and-clients.md §4.1, §4.3, §4.10, §4.11). */
final class GrafanaCornersTest {
  private static final String API = "/loki/api/v1/";
  private static final long START = 1_795_132_800_000_000_000L;
  private static final long END = START + 3_600_000_000_000L;
  private static final Map<String, String> FORWARDED =
      Map.of(
          "User-Agent", "Grafana/12.1",
          "X-Loki-Response-Encoding-Flags", "categorize-labels",
          "X-Query-Tags", "Source=infinitescroll",
          "X-Loki-Query-Limits-Context", "{\"expr\":\"x\",\"from\":1,\"to\":2}",
          "X-Rule-Name", "High errors",
          "X-Query-Group-Id", "1",
          "Cookie", "a=b");

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(directory);
    String json =
        "{\"streams\":[{\"stream\":{\"app\":\"shop\",\"pod\":\"p1\"},\"values\":[[\"%d\",\"{\\\"level\\\":\\\"info\\\",\\\"msg\\\":\\\"GET /cart\\\",\\\"a\\\":{\\\"b\\\":\\\"x\\\"},\\\"size\\\":\\\"12kB\\\",\\\"took\\\":\\\"15ms\\\"}\",{\"trace_id\":\"t1\"}]]}]}"
            .formatted(START + 1_000_000_000L);
    assertThat(server.http().push(json).status()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Http.Reply post(String path, String query) {
    Map<String, String> headers = new HashMap<>(FORWARDED);
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    String form =
        "query=%s&start=%d&end=%d&step=60000ms&limit=100".formatted(encode(query), START, END);
    return server.http().post(API + path, headers, form.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query_range",
        "labels",
        "label/pod/values",
        "index/stats",
        "index/volume",
        "index/volume_range",
        "detected_labels",
        "detected_fields",
        "detected_field/level/values",
        "patterns"
      })
  void formsAreTakenForParameters(String path) {
    Http.Reply reply = post(path, "{app=\"shop\"}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.headers().get("content-type")).startsWith("application/json");
    assertThat(reply.text().length()).as(reply.text()).isGreaterThan(20);
  }

  @Test
  void formsOfOtherNamesAreTakenToo() {
    Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");
    String match = "match[]=" + encode("{app=\"shop\"}") + "&start=" + START + "&end=" + END;
    Http.Reply series =
        server.http().post(API + "series", form, match.getBytes(StandardCharsets.UTF_8));
    assertThat(series.json().at("/data/0/pod").asText()).isEqualTo("p1");
    String instant = "query=" + encode("sum(count_over_time({app=\"shop\"}[1h]))") + "&time=" + END;
    Http.Reply value =
        server.http().post(API + "query", form, instant.getBytes(StandardCharsets.UTF_8));
    assertThat(value.json().at("/data/result/0/value/1").asText()).isEqualTo("1");
  }

  private static JsonNode range(String query) {
    Http.Reply reply = post("query_range", query);
    assertThat(reply.status()).as("%s: %s", query, reply.text()).isEqualTo(200);
    return reply.json().at("/data/result");
  }

  /** With the flag for it, Grafana cuts queries by a label that Skald never makes. */
  @Test
  void shardsAreAllInOne() {
    Http.Reply shards = post("label/__stream_shard__/values", "{app=\"shop\"}");
    assertThat(shards.status()).isEqualTo(200);
    assertThat(shards.json().path("data")).isEmpty();
    assertThat(range("{app=\"shop\",__stream_shard__=\"\"}")).hasSize(1);
    assertThat(range("{app=\"shop\",__stream_shard__=~\"1|2\"}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{app=`shop` ,pod != \"\"} | detected_level=\"info\" | trace_id!=\"\" |> `<_>GET <_>` |~"
            + " `(?i)CART` | json f=\"a.b\", size, took | logfmt | drop __error__,"
            + " __error_details__ | f!=\"\" ",
        "{app=`shop`}   |> `<_>GET<_>` !> `<_>POST<_>`   | json | drop __error__,"
            + " __error_details__",
        "sum by (f) (count_over_time({app=`shop`} | json f=\"a.b\" | f!=\"\" [1m]))",
        "avg_over_time({app=`shop`} | json | unwrap bytes(size) | __error__=\"\" [1m]) by ()",
        "avg_over_time({app=`shop`} | json | unwrap duration(took) | __error__=\"\" [1m]) by ()",
        "sum by (took) (count_over_time({app=`shop`} | json | keep took [1h]))",
        "sum(count_over_time({app=`shop` ,pod != \"\"} | trace_id!=\"\" [1m])) by (pod)",
        "sum by (level, detected_level) (count_over_time({app=`shop`} | drop __error__[1m]))",
      })
  void drilldownsQueriesFindTheLine(String query) {
    assertThat(range(query)).as(query).isNotEmpty();
  }

  @Test
  void forwardedHeadersChangeNothing() {
    String path =
        API
            + "query_range?direction=backward&limit=1000&step=2000ms&unknown=1&query="
            + encode("{app=\"shop\"}")
            + "&start="
            + START
            + "&end="
            + END;
    JsonNode data = server.http().method("GET", path, FORWARDED, new byte[0]).json().get("data");
    assertThat(data.at("/encodingFlags/0").asText()).isEqualTo("categorize-labels");
    assertThat(data.at("/result/0/values/0/2/structuredMetadata/trace_id").asText())
        .isEqualTo("t1");
  }
}
