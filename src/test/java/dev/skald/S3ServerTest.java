package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.storage.testing.S3Endpoint;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose segments and catalog lie in a bucket, reached over HTTP. */
final class S3ServerTest {
  private static final long TIME = 1_795_132_800_000_000_000L;
  private static final long DAY = 86_400_000_000_000L;
  private static final String BUCKET = "loki";

  @TempDir Path objects;
  @TempDir Path first;
  @TempDir Path second;
  private S3Endpoint endpoint;

  @BeforeEach
  void startEndpoint() throws Exception {
    endpoint = S3Endpoint.start(objects);
    endpoint.makeBucket(BUCKET);
  }

  @AfterEach
  void stopEndpoint() throws Exception {
    endpoint.close();
  }

  private RunningServer server(Path directory) {
    String yaml =
        """
        auth_enabled: false
        server: {http_listen_address: 127.0.0.1, http_listen_port: 0, log_level: warn}
        common:
          path_prefix: %s
          storage:
            s3:
              endpoint: 127.0.0.1:%d
              insecure: true
              bucketnames: %s
              access_key_id: %s
              secret_access_key: %s
              s3forcepathstyle: true
        storage_config: {object_prefix: logs}
        limits_config: {reject_old_samples: false}
        """
            .formatted(directory, endpoint.port(), BUCKET, S3Endpoint.KEY_ID, S3Endpoint.SECRET);
    return RunningServer.configured(directory, yaml, Clock.systemUTC());
  }

  @Test
  void aServerWithAnEmptyDirectoryAnswersAllThatTheBucketHolds() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      lines.add("line " + i + " of many");
    }
    try (RunningServer server = server(first)) {
      server.http().push(Lines.push(Map.of("app", "a"), TIME, lines));
      server.http().push(Lines.push(Map.of("app", "b"), TIME + DAY, List.of("next day")));
      server.flush();
      server.http().push(Lines.push(Map.of("app", "c"), TIME, List.of("sealed by the stop")));
      assertThat(texts(server, "{app=\"a\"}")).isEqualTo(lines);
    }

    try (RunningServer restarted = server(second)) {
      assertThat(texts(restarted, "{app=\"a\"}")).isEqualTo(lines);
      assertThat(texts(restarted, "{app=\"a\"}")).isEqualTo(lines);
      assertThat(restarted.http().get("/metrics").text())
          .containsPattern("skald_page_cache_misses_total [1-9]")
          .containsPattern("skald_page_cache_hits_total [1-9]")
          .containsPattern("skald_page_cache_bytes [1-9]");
      assertThat(texts(restarted, "{app=\"b\"}")).containsExactly("next day");
      assertThat(texts(restarted, "{app=\"c\"}")).containsExactly("sealed by the stop");
      assertThat(texts(restarted, "{app=\"a\"} |= \"line 77 \"")).hasSize(1);
    }
  }

  @Test
  void whatABucketThatIsGoneCannotTakeStaysInTheLocalLog() throws Exception {
    RunningServer server = server(first);
    server.http().push(Lines.push(Map.of("app", "a"), TIME, List.of("one", "two")));
    endpoint.close();
    assertThatThrownBy(server::close).isInstanceOf(UncheckedIOException.class);

    startEndpoint();
    try (RunningServer restarted = server(first)) {
      assertThat(texts(restarted, "{app=\"a\"}")).containsExactly("one", "two");
    }
  }

  @Test
  void countsWhatTheStoreIsAsked() {
    try (RunningServer server = server(first)) {
      server.http().push(Lines.push(Map.of("app", "a"), TIME, List.of("one")));
      server.flush();
      assertThat(texts(server, "{app=\"a\"}")).containsExactly("one");

      String metrics = server.http().get("/metrics").text();
      assertThat(metrics)
          .contains("loki_objstore_bucket_operation_duration_seconds_count{operation=\"get_range\"")
          .containsPattern(
              "skald_objstore_operations_total\\{operation=\"upload_if_absent\",outcome=\"ok\"}"
                  + " [1-9]")
          .containsPattern("skald_objstore_requests_total\\{operation=\"iter\"} [1-9]")
          .contains("skald_objstore_retries_total{operation=\"iter\"} 0.0")
          .containsPattern("skald_objstore_written_bytes_total [1-9]")
          .containsPattern("skald_objstore_read_bytes_total [1-9]");
    }
  }

  private static List<String> texts(RunningServer server, String query) {
    return Lines.query(server.http(), query, TIME, TIME + 2 * DAY).stream()
        .map(Lines.Line::text)
        .toList();
  }
}
