package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.storage.testing.S3Endpoint;
import dev.skald.testing.BusyServer;
import dev.skald.testing.Lines;
import dev.skald.testing.MetricsPage;
import dev.skald.testing.RunningServer;
import dev.skald.testing.Scrape;
import dev.skald.testing.Scrape.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted only once it has happened is there once it has. */
final class MetricsOnceTest {
  private static final long TIME = 1_795_132_800_000_000_000L;

  private static String text;
  private static Map<String, Family> there;

  @BeforeAll
  static void live(@TempDir Path local, @TempDir Path remote) throws Exception {
    try (BusyServer busy = new BusyServer(local)) {
      busy.live();
      text = busy.metrics();
    }
    there = Scrape.of(text).and(Scrape.of(withS3(remote))).described();
  }

  private static String withS3(Path directory) throws Exception {
    try (S3Endpoint endpoint = S3Endpoint.start(Files.createDirectory(directory.resolve("s3")))) {
      endpoint.makeBucket("loki");
      try (RunningServer server =
          RunningServer.configured(directory, s3(directory, endpoint), Clock.systemUTC())) {
        server.http().push(Lines.push(Map.of("app", "x"), TIME, List.of("a")));
        server.flush();
        assertThat(Lines.query(server.http(), "{app=\"x\"}", TIME, TIME + 1)).hasSize(1);
        return server.http().get("/metrics").text();
      }
    }
  }

  private static String s3(Path directory, S3Endpoint endpoint) throws IOException {
    return """
    auth_enabled: false
    server: {http_listen_address: 127.0.0.1, http_listen_port: 0, log_level: warn}
    common:
      path_prefix: %s
      storage:
        s3:
          endpoint: 127.0.0.1:%d
          insecure: true
          bucketnames: loki
          access_key_id: %s
          secret_access_key: %s
          s3forcepathstyle: true
    limits_config: {reject_old_samples: false}
    """
        .formatted(directory, endpoint.port(), S3Endpoint.KEY_ID, S3Endpoint.SECRET);
  }

  @Test
  void everythingThatThePageListsIsThereWithTheseLabels() {
    assertThat(there).containsAllEntriesOf(MetricsPage.metrics("Once it has happened"));
  }

  @Test
  void nothingIsThereThatThePageDoesNotList() {
    there.keySet().removeAll(MetricsPage.names("From the first request on"));
    there.keySet().removeAll(MetricsPage.names("Once it has happened"));
    assertThat(there).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "limited, range, 200",
    "filter, range, 200",
    "metric, range, 200",
    "metric, instant, 200",
    "limited, instant, 400"
  })
  void queriesAreCountedByWhatTheyAskFor(String type, String range, String status) {
    assertThat(text)
        .contains(
            "loki_logql_querystats_latency_seconds_count{range=\"%s\",status_code=\"%s\",type=\"%s\"} 1"
                .formatted(range, status, type));
  }

  @ParameterizedTest
  @CsvSource({"labels", "series", "stats", "shards", "volume"})
  void questionsAboutStreamsAreCountedByWhatTheyAskFor(String type) {
    assertThat(text)
        .containsPattern(
            "loki_logql_querystats_latency_seconds_count\\{range=\"\",status_code=\"\\d+\",type=\""
                + type
                + "\"} [12]");
  }

  @Test
  void theSpeedOfAQueryIsThatOfItsLines() {
    assertThat(text)
        .containsPattern(
            "loki_logql_querystats_bytes_processed_per_seconds_sum\\{latency_type=\"fast\","
                + "range=\"range\",sharded=\"false\",status_code=\"200\",type=\"filter\"} [1-9]");
    assertThat(text)
        .contains("logql_query_duration_seconds_count{query_type=\"range\"} 3")
        .contains("logql_query_duration_seconds_count{query_type=\"instant\"} 1");
  }

  @Test
  void linesOfTheLogAreCountedByLevel() {
    // The rules of one tenant are bad, and an Alertmanager is not there.
    assertThat(text)
        .containsPattern("loki_log_messages_total\\{level=\"(warn|error)\"} [1-9]")
        .containsPattern("loki_internal_log_messages_total\\{level=\"(warn|error)\"} [1-9]");
  }
}
