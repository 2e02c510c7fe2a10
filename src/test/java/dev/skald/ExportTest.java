package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skald.testing.Http;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All lines of a query come out of the server, however many, and once. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ExportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long TIME = 1_795_132_800_000_000_000L;
  private static final long DAY = 86_400_000_000_000L;
  private static final int LINES = 40_000;
  private static final int LINES_A_PUSH = 5_000;
  private static final int STREAMS = 4;
  private static final String SMALL_PAGES =
      ", max_query_memory: 10MB, ingestion_rate_mb: 1000, ingestion_burst_size_mb: 1000,"
          + " per_stream_rate_limit: 1GB, per_stream_rate_limit_burst: 1GB";

  @TempDir Path directory;

  /** Every stream has the same times, half of the lines are sealed, and they lie in two days. */
  private static List<String> fill(RunningServer server) {
    List<String> all = new ArrayList<>();
    for (int from = 0; from < LINES / STREAMS; from += LINES_A_PUSH) {
      for (int stream = 0; stream < STREAMS; stream++) {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < from + LINES_A_PUSH; i++) {
          lines.add("stream %d line %d, \"quoted\" %s".formatted(stream, i, "x".repeat(i % 300)));
        }
        all.addAll(lines);
        long time = TIME + (from == 0 ? 0 : DAY) + from;
        Map<String, String> labels = Map.of("app", "a", "n", Integer.toString(stream));
        assertThat(server.http().push(Lines.push(labels, time, lines)).status()).isEqualTo(204);
      }
      if (from == 0) {
        server.flush();
      }
    }
    return all;
  }

  private static String path(String format, String cursor) {
    return "/skald/api/v1/export?query=%s&start=%d&end=%d&format=%s&cursor=%s"
        .formatted(
            URLEncoder.encode("{app=\"a\"}", StandardCharsets.UTF_8),
            TIME,
            TIME + 3 * DAY,
            format,
            cursor);
  }

  @Test
  void hasEveryLineOnceInOrderOfTime() throws Exception {
    try (RunningServer server = RunningServer.start(directory, SMALL_PAGES)) {
      List<String> pushed = fill(server);

      Http.Reply reply = server.http().get(path("ndjson", ""));

      assertThat(reply.status()).as(reply.status() == 200 ? "" : reply.text()).isEqualTo(200);
      assertThat(reply.headers()).containsEntry("content-type", "application/x-ndjson");
      List<String> lines = new ArrayList<>();
      long last = 0;
      int cursors = 0;
      for (String row : reply.text().split("\n")) {
        JsonNode node = JSON.readTree(row);
        if (node.has("cursor")) {
          cursors++;
          continue;
        }
        assertThat(node.get("timestamp").asLong()).isGreaterThanOrEqualTo(last);
        last = node.get("timestamp").asLong();
        lines.add(node.get("line").asText());
      }
      assertThat(lines).containsExactlyInAnyOrderElementsOf(pushed);
      assertThat(cursors).as("pages").isPositive();
      assertThat(server.http().get(path("raw", "")).text().split("\n")).hasSize(LINES);
      assertThat(server.http().get("/metrics").text()).contains("skald_query_memory_bytes 0.0");
    }
  }

  @Test
  void goesOnAfterABreakWithNothingLostOrDoubled() throws Exception {
    try (RunningServer server = RunningServer.start(directory, SMALL_PAGES)) {
      List<String> pushed = fill(server);
      List<String> lines = new ArrayList<>();
      String cursor = "";
      boolean over = false;
      for (int broken = 0; !over; broken++) {
        assertThat(broken).isLessThan(100);
        int most = 3_000 + 1_717 * broken;
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path("csv", cursor));
        try (BufferedReader rows = reader(uri.toURL().openStream())) {
          assertThat(rows.readLine()).isEqualTo("timestamp,labels,line,cursor");
          int count = 0;
          String row = rows.readLine();
          for (; row != null && count < most; row = rows.readLine()) {
            lines.add(line(row));
            cursor = row.substring(row.lastIndexOf(',') + 1);
            count++;
          }
          over = row == null;
        }
      }

      assertThat(lines).containsExactlyInAnyOrderElementsOf(pushed);
    }
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private static String line(String row) {
    int from = row.indexOf("\"stream ");
    return row.substring(from + 1, row.lastIndexOf("\",")).replace("\"\"", "\"");
  }

  @Test
  void tellsWhatIsWrongBeforeTheFirstByte() {
    try (RunningServer server = RunningServer.start(directory)) {
      Http http = server.http();
      Map<String, String> log = Map.of("query", "{a=\"b\"}");

      assertThat(http.get("/skald/api/v1/export", log).text()).isEmpty();
      assertThat(http.get("/skald/api/v1/export", Map.of("query", "{")).status()).isEqualTo(400);
      assertThat(http.get("/skald/api/v1/export?format=xml", Map.of()).text())
          .isEqualTo("invalid format 'xml', want ndjson, csv or raw");
      assertThat(http.get("/skald/api/v1/export?cursor=x", Map.of()).text())
          .isEqualTo("could not parse 'cursor' parameter: \"x\" is no cursor");
    }
  }

  @Test
  void largeAnswersOfQueriesAreSentWhileTheyAreEncoded() throws IOException {
    try (RunningServer server =
        RunningServer.start(
            directory, SMALL_PAGES.replace("10MB", "100MB") + ", max_entries_limit_per_query: 0")) {
      fill(server);
      Http.Reply reply =
          server
              .http()
              .get(
                  "/loki/api/v1/query_range",
                  Map.of("query", "{app=\"a\"}", "start", TIME, "end", TIME + DAY, "limit", LINES));

      assertThat(reply.headers()).containsEntry("transfer-encoding", "chunked");
      int lines = 0;
      for (JsonNode stream : reply.json().get("data").get("result")) {
        lines += stream.get("values").size();
      }
      assertThat(lines).isEqualTo(STREAMS * LINES_A_PUSH);
      assertThat(reply.json().get("data").get("stats").get("summary").get("totalEntriesReturned"))
          .hasToString(Integer.toString(lines));
      assertThat(server.http().get("/metrics").text()).contains("skald_query_memory_bytes 0.0");
    }
  }
}
