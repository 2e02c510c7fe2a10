package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an answer says it took (http-api.md §3.5). */
final class QueryStatsTest {
  private static final String CHUNK = "/store/chunk/";

  @TempDir private Path directory;

  @Test
  void tellsLinesInMemoryFromThoseThatAreStored() {
    try (RunningServer server = RunningServer.start(directory)) {
      long now = System.currentTimeMillis() * 1_000_000L;
      push(server, now, "stored one", "stored two", "other");
      server.flush();
      push(server, now + 1_000_000, "recent");

      JsonNode stats =
          server
              .http()
              .get("/loki/api/v1/query_range", Map.of("query", "{app=\"a\"} !=\"other\""))
              .json()
              .at("/data/stats");
      JsonNode stored = stats.get("querier");
      assertThat(stored.at("/store/totalChunksRef").asLong()).isEqualTo(1);
      assertThat(stored.at("/store/totalChunksDownloaded").asLong()).isEqualTo(1);
      assertThat(stored.at(CHUNK + "decompressedLines").asLong()).isEqualTo(3);
      assertThat(stored.at(CHUNK + "decompressedBytes").asLong()).isEqualTo(25);
      assertThat(stored.at(CHUNK + "compressedBytes").asLong()).isBetween(1L, 2000L);
      assertThat(stored.at("/store/chunksDownloadTime").asLong()).isPositive();
      assertThat(stored.at("/store/chunkRefsFetchTime").asLong()).isPositive();
      assertThat(stored.at(CHUNK + "postFilterLines").asLong()).isEqualTo(2);
      assertThat(stored.at(CHUNK + "headChunkLines").asLong()).isZero();
      JsonNode recent = stats.get("ingester");
      assertThat(recent.get("totalReached").asLong()).isEqualTo(1);
      assertThat(recent.get("totalChunksMatched").asLong()).isEqualTo(1);
      assertThat(recent.get("totalLinesSent").asLong()).isEqualTo(1);
      assertThat(recent.at(CHUNK + "headChunkLines").asLong()).isEqualTo(1);
      assertThat(recent.at(CHUNK + "headChunkBytes").asLong()).isEqualTo(6);
      assertThat(recent.at(CHUNK + "decompressedLines").asLong()).isZero();
      JsonNode summary = stats.get("summary");
      assertThat(summary.get("totalLinesProcessed").asLong()).isEqualTo(4);
      assertThat(summary.get("totalBytesProcessed").asLong()).isEqualTo(31);
      assertThat(summary.get("totalPostFilterLines").asLong()).isEqualTo(3);
      assertThat(summary.get("totalEntriesReturned").asLong()).isEqualTo(3);
      assertThat(summary.get("totalStructuredMetadataBytesProcessed").asLong())
          .isEqualTo(4L * "unknown".length());
    }
  }

  @Test
  void countsWhatIsReturnedAndInHowManyPartsItWasEvaluated() {
    try (RunningServer server = RunningServer.start(directory)) {
      long now = System.currentTimeMillis() * 1_000_000L;
      push(server, now, "one", "two");
      long day = 24L * 3600 * 1_000_000_000L;
      String count = "count_over_time({app=\"a\"}[30d])";

      JsonNode lines = summary(server, Map.of("query", "{app=\"a\"}", "start", now - 2 * day));
      JsonNode samples =
          summary(server, Map.of("query", count, "start", now, "end", now, "step", 1));

      assertThat(lines.get("totalEntriesReturned").asLong()).isEqualTo(2);
      assertThat(lines.get("splits").asLong()).isBetween(2L, 3L);
      assertThat(samples.get("totalEntriesReturned").asLong()).isBetween(1L, 2L);
      assertThat(samples.get("splits").asLong()).isEqualTo(1);
    }
  }

  private static JsonNode summary(RunningServer server, Map<String, ?> parameters) {
    return server
        .http()
        .get("/loki/api/v1/query_range", parameters)
        .json()
        .at("/data/stats/summary");
  }

  private static void push(RunningServer server, long time, String... lines) {
    String body = Lines.push(Map.of("app", "a"), time, List.of(lines));
    assertThat(server.http().push(body).status()).isEqualTo(204);
  }
}
