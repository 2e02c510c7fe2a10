package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters and headers of queries at the edge of what they may be (http-api.md §1.4, §2). */
final class QueryParametersTest {
  private static final long START = 1_795_132_800L;
  private static final String FLAGS = "X-Loki-Response-Encoding-Flags";
  private static final String RANGE = "/loki/api/v1/query_range?start=1795132800&end=1795136400";

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(directory);
    String push = Lines.push(Map.of("app", "a"), START * 1_000_000_000L, List.of("x"));
    assertThat(server.http().push(push).status()).isEqualTo(204);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Http.Reply ask(String endpoint, Map<String, ?> parameters) {
    Map<String, Object> all = new HashMap<>();
    all.put("query", "{app=\"a\"}");
    all.put("match[]", "{app=\"a\"}");
    all.putAll(parameters);
    return server.http().get("/loki/api/v1/" + endpoint, all);
  }

  private static Http.Reply get(String path, String header, String value) {
    return server.http().method("GET", path, Map.of(header, value), new byte[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "query_range",
        "index/stats",
        "index/volume",
        "index/volume_range",
        "labels",
        "label/app/values",
        "series",
        "detected_labels",
        "detected_fields"
      })
  void aRangeOfAllTimeIsTooLong(String endpoint) {
    String whole = "the query time range exceeds the limit (query length: 2562047h47m16.854775807s";
    for (String start : List.of("-9223372036854775808", "0001-01-01T00:00:00Z", "-1.0e300")) {
      Http.Reply reply = ask(endpoint, Map.of("start", start, "end", "1795136400"));
      assertThat(reply.status()).as(start).isEqualTo(400);
      assertThat(reply.text()).startsWith(whole);
    }
    for (String end : List.of("9223372036854775807", "9999999999", "9999-12-31T23:59:59Z")) {
      Http.Reply reply = ask(endpoint, Map.of("start", START, "end", end));
      assertThat(reply.status()).as(end).isEqualTo(400);
      assertThat(reply.text()).startsWith("the query time range exceeds the limit");
    }
  }

  @Test
  void aLimitThatIsNoNumberIsToldFromOneThatIsTooLarge() {
    assertThat(ask("query_range", Map.of("limit", "99999999999999999999")).text())
        .isEqualTo("strconv.Atoi: parsing \"99999999999999999999\": value out of range");
    assertThat(ask("query_range", Map.of("limit", "1.5")).text())
        .isEqualTo("strconv.Atoi: parsing \"1.5\": invalid syntax");
  }

  @ParameterizedTest
  @CsvSource({
    "NaN, 'zero or negative query resolution step widths are not accepted. Try a positive integer'",
    "-inf, 'cannot parse \"-inf\" to a valid duration. It overflows int64'",
    "Infinity, 'cannot parse \"Infinity\" to a valid duration. It overflows int64'",
    "1e400, 'cannot parse \"1e400\" to a valid duration'",
    "1d2w, 'cannot parse \"1d2w\" to a valid duration'",
  })
  void aStepIsReadAsGoReadsFloats(String step, String text) {
    assertThat(ask("query_range", Map.of("step", step)).text()).isEqualTo(text);
  }

  @Test
  void encodingFlagsThatNobodyKnowsAreRepeated() {
    String path = RANGE + "&query=%7Bapp%3D%22a%22%7D";

    assertThat(get(path, FLAGS, "foo, categorize-labels,foo,b\"r").text())
        .contains("\"encodingFlags\":[\"foo\",\"categorize-labels\",\"b\\\"r\"],\"result\"")
        .contains("\"x\",{\"structuredMetadata\"");
    assertThat(get(path, FLAGS, "foo").text())
        .contains("\"encodingFlags\":[\"foo\"],\"result\"")
        .contains("\"x\"]");
    assertThat(get(path, FLAGS, " , ").text()).doesNotContain("encodingFlags");
  }

  @Test
  void whoAsksForParquetIsToldThatThereIsNone() {
    String type = "application/vnd.apache.parquet";
    String selector = "?query=%7Bapp%3D%22a%22%7D";

    for (String path : List.of("query_range" + selector, "query?query=vector(1)")) {
      Http.Reply reply = get("/loki/api/v1/" + path, "Accept", type);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text())
          .isEqualTo(
              "support for Parquet encoded responses is disabled. Enable with"
                  + " -frontend.support-parquet-encoding=true");
    }
    for (String path :
        List.of("labels", "label/a/values", "series", "index/stats" + selector, "patterns")) {
      Http.Reply reply = get("/loki/api/v1/" + path, "Accept", type);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).isEqualTo("request does not support Parquet responses");
    }
    assertThat(get("/loki/api/v1/labels", "Accept", "*/*").status()).isEqualTo(200);
  }
}
