package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.DistributorConfig;
import dev.skald.config.IngesterConfig;
import dev.skald.config.Limits;
import dev.skald.config.SealConfig;
import dev.skald.config.WalConfig;
import dev.skald.distributor.PushOutcome.Format;
import dev.skald.distributor.Rejection.Status;
import dev.skald.ingester.HeadEntries;
import dev.skald.ingester.Ingester;
import dev.skald.ingester.SealedHeads;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Columns;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.Slice;
import dev.skald.storage.SealEffort;
import dev.skald.storage.catalog.HeadId;
import dev.skald.storage.wal.NoWal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a push, from the request to the heads of the ingester. */
final class DistributorTest {
  private static final Instant NOW = Instant.parse("2026-11-23T11:02:23Z");
  private static final long T = NOW.getEpochSecond() * 1_000_000_000L;

  private final List<String> metrics = new ArrayList<>();
  private Instant now = NOW;
  private Limits limits = Tenant.limits();
  private Ingester ingester;
  private Distributor distributor;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    WalConfig wal =
        new WalConfig(false, Path.of("none"), WalConfig.Sync.NEVER, Duration.ZERO, 0, 0, false);
    ingester =
        new Ingester(
            new IngesterConfig(2, wal, SealConfig.defaults(), 0, Duration.ZERO),
            new Ingester.Environment(
                new NoWal(),
                new Nowhere(),
                tenant -> limits,
                () -> now,
                System::nanoTime,
                Thread.ofPlatform().daemon().factory(),
                Runnable::run));
    ingester.start();
    distributor =
        new Distributor(
            ingester, DistributorConfig.defaults(), t -> limits, () -> now, new Recorder());
  }

  @AfterEach
  void stop() throws IOException {
    ingester.close();
  }

  /** Takes what is sealed and keeps none of it. */
  private static final class Nowhere implements SealedHeads {
    @Override
    public void seal(HeadId head, Map<String, Batch> byTenant, SealEffort effort) {}

    @Override
    public boolean isSealed(HeadId head) {
      return false;
    }

    @Override
    public void forget(List<HeadId> heads) {}

    @Override
    public long nextHeadNumber() {
      return 0;
    }
  }

  private final class Recorder implements DistributorMetrics {
    @Override
    public void received(String tenant, Format format, long lines, long bytes, long metadataBytes) {
      metrics.add("received " + tenant + " " + lines + " " + bytes + " " + metadataBytes);
    }

    @Override
    public void discarded(String tenant, Format format, String reason, long lines, long bytes) {
      metrics.add("discarded " + tenant + " " + reason + " " + lines + " " + bytes);
    }
  }

  private Rejection push(Pushes push) throws InterruptedException {
    return distributor.push("T", push.build(), Format.LOKI).rejection();
  }

  private List<String> stored() {
    List<String> stored = new ArrayList<>();
    for (HeadEntries head : ingester.heads("T")) {
      Selection all = new Selection(List.of(), Long.MIN_VALUE, Long.MAX_VALUE, Columns.ALL);
      for (Block block : head.entries().select(all)) {
        addRows(block.read(Columns.ALL), stored);
      }
    }
    return stored.stream().sorted().toList();
  }

  private static void addRows(Batch batch, List<String> stored) {
    Slice slice = new Slice();
    for (Batch.Run run : batch.runs()) {
      for (int row = run.from(); row < run.to(); row++) {
        batch.lines().read(row, slice);
        String line = slice.toString();
        Map<String, String> metadata = new TreeMap<>();
        for (Batch.MetadataColumn column : batch.metadata()) {
          if (column.values().read(row, slice)) {
            metadata.put(column.name(), slice.toString());
          }
        }
        stored.add(
            run.labels() + " " + (batch.timestamps()[row] - T) + " " + line + " " + metadata);
      }
    }
  }

  @Test
  void storesAnEntryWithItsServiceNameAndLevel() throws Exception {
    assertThat(push(Pushes.request().stream("{app=\"a\"}").entry(T, "an error", "k.x", "v")))
        .isNull();
    assertThat(stored())
        .containsExactly(
            "{app=\"a\", service_name=\"a\"} 0 an error {detected_level=error, k_x=v}");
  }

  @Test
  void storesPairsThatEntriesShare() throws Exception {
    push(
        Pushes.request().stream("{app=\"a\"}", "host", "h")
            .entry(T, "one")
            .entry(T + 1, "two", "k", "v"));
    assertThat(stored())
        .containsExactly(
            "{app=\"a\", service_name=\"a\"} 0 one {detected_level=unknown, host=h}",
            "{app=\"a\", service_name=\"a\"} 1 two {detected_level=unknown, host=h, k=v}");
  }

  @Test
  void rejectsAPushWithoutStreams() throws Exception {
    assertThat(push(Pushes.request()))
        .isEqualTo(
            new Rejection(
                "missing_streams",
                Status.NOTHING_TO_TAKE,
                "error at least one valid stream is required for ingestion"));
  }

  @Test
  void takesStreamsWithoutEntries() throws Exception {
    assertThat(push(Pushes.request().stream("{}"))).isNull();
  }

  @Test
  void refusesTheWholePushIfLabelsDoNotParse() throws Exception {
    assertThat(push(Pushes.request().stream("{a=\"b\"}").entry(T, "x").stream("{a-b=\"c\"}")))
        .isEqualTo(
            Rejection.badRequest(
                "invalid_labels",
                "couldn't parse labels: 1:3: parse error: unexpected character inside braces:"
                    + " '-'"));
    assertThat(stored()).isEmpty();
  }

  @Test
  void storesTheGoodRestOfAPush() throws Exception {
    limits = Tenant.limits("max_line_size: 3", "discover_log_levels: false");
    Rejection rejection =
        push(
            Pushes.request().stream("{app=\"a\"}")
                .entry(T, "long", "k", "vv")
                .entry(T, "ok")
                .entry(T, "longer"));
    assertThat(rejection.status()).isEqualTo(Status.BAD_REQUEST);
    assertThat(rejection.message())
        .isEqualTo(
            "1 errors like: max entry size '3' bytes exceeded for stream '{app=\"a\","
                + " service_name=\"a\"}' while adding an entry with length '4' bytes;"
                + " 1 errors like: max entry size '3' bytes exceeded for stream '{app=\"a\","
                + " service_name=\"a\"}' while adding an entry with length '6' bytes");
    assertThat(stored()).containsExactly("{app=\"a\", service_name=\"a\"} 0 ok {}");
    assertThat(metrics)
        .containsExactly(
            "discarded T line_too_long 1 7", "discarded T line_too_long 1 6", "received T 1 2 0");
  }

  @Test
  void rejectsAnEntryWhoseMetadataHasNoName() throws Exception {
    Rejection rejection =
        push(
            Pushes.request().stream("{app=\"a\"}")
                .entry(T, "bad", "-", "v")
                .entry(T, "good", "k", "v"));
    assertThat(rejection.message())
        .isEqualTo("normalization for label name \"-\" resulted in invalid name \"_\"");
    assertThat(stored()).hasSize(1);
  }

  @Test
  void countsSharedPairsAgainstTheLimits() throws Exception {
    limits = Tenant.limits("max_structured_metadata_entries_count: 2");
    Rejection rejection =
        push(
            Pushes.request().stream("{app=\"a\"}", "h", "1", "i", "2")
                .entry(T, "two")
                .entry(T, "three", "k", "v"));
    assertThat(rejection.reason()).isEqualTo("structured_metadata_too_many");
    assertThat(rejection.message()).contains("labels: '3', limit: '2'");
    assertThat(stored()).hasSize(1);
  }

  @Test
  void cutsLongLinesWhereItMay() throws Exception {
    limits =
        Tenant.limits(
            "max_line_size: 8",
            "max_line_size_truncate: true",
            "max_line_size_truncate_identifier: '...'",
            "discover_log_levels: false");
    assertThat(push(Pushes.request().stream("{app=\"a\"}").entry(T, "0123456789"))).isNull();
    assertThat(stored()).containsExactly("{app=\"a\", service_name=\"a\"} 0 01234... {}");
  }

  @Test
  void keepsTheOrderOfEqualTimesWhereItIsAskedTo() throws Exception {
    limits = Tenant.limits("increment_duplicate_timestamp: true", "discover_log_levels: false");
    push(Pushes.request().stream("{app=\"a\"}").entry(T, "x").entry(T, "y").entry(T, "z"));
    assertThat(stored())
        .containsExactly(
            "{app=\"a\", service_name=\"a\"} 0 x {}",
            "{app=\"a\", service_name=\"a\"} 1 y {}",
            "{app=\"a\", service_name=\"a\"} 2 z {}");
  }

  @Test
  void storesNoMetadataWhereItIsNotAllowed() throws Exception {
    limits = Tenant.limits("allow_structured_metadata: false");
    assertThat(push(Pushes.request().stream("{app=\"a\"}").entry(T, "error"))).isNull();
    assertThat(stored()).containsExactly("{app=\"a\", service_name=\"a\"} 0 error {}");
  }

  @Test
  void normalisesALevelThatIsThere() throws Exception {
    push(
        Pushes.request().stream("{app=\"a\", level=\"warn\"}")
            .entry(T, "1", "detected_level", "ERR")
            .entry(T + 1, "2", "severity", "fatal")
            .stream("{app=\"a\"}")
            .entry(T + 2, "3 info", "severity", "fatal", "severity_number", "1")
            .entry(T + 3, "4 info", "severity_number", "17"));
    assertThat(stored())
        .containsExactly(
            "{app=\"a\", level=\"warn\", service_name=\"a\"} 0 1 {detected_level=error}",
            "{app=\"a\", level=\"warn\", service_name=\"a\"} 1 2 {detected_level=warn,"
                + " severity=fatal}",
            "{app=\"a\", service_name=\"a\"} 2 3 info {detected_level=fatal, severity=fatal,"
                + " severity_number=1}",
            "{app=\"a\", service_name=\"a\"} 3 4 info {detected_level=error, severity_number=17}");
  }

  @Test
  void limitsTheRateOfATenant() throws Exception {
    limits =
        Tenant.limits(
            "ingestion_rate_mb: 1",
            "ingestion_burst_size_mb: 1",
            "max_line_size: 0",
            "discover_log_levels: false");
    String line = "x".repeat(1 << 19);
    Pushes push = Pushes.request().stream("{app=\"a\"}").entry(T, line).entry(T + 1, line);
    assertThat(push(push)).isNull();
    Rejection rejection = push(Pushes.request().stream("{app=\"a\"}").entry(T, "x"));
    assertThat(rejection)
        .isEqualTo(
            new Rejection(
                "rate_limited",
                Status.RATE_LIMITED,
                "ingestion rate limit exceeded for user T (limit: 1048576 bytes/sec) while"
                    + " attempting to ingest '1' lines totaling '1' bytes, reduce log volume or"
                    + " contact your Loki administrator to see if the limit can be increased"));
    assertThat(metrics.getLast()).isEqualTo("discarded T rate_limited 1 1");
    now = now.plusSeconds(1);
    assertThat(push(Pushes.request().stream("{app=\"a\"}").entry(T, "x"))).isNull();
  }

  @Test
  void refusesABlockedTenant() throws Exception {
    limits = Tenant.limits("block_ingestion_until: 2026-11-23T11:02:24Z");
    Rejection rejection = push(Pushes.request().stream("{app=\"a\"}").entry(T, "line"));
    assertThat(rejection)
        .isEqualTo(
            new Rejection(
                "blocked_ingestion",
                Status.BLOCKED,
                260,
                "ingestion blocked for user 'T' until '2026-11-23T11:02:24Z' with status code"
                    + " '260'"));
    assertThat(stored()).isEmpty();
    assertThat(metrics).contains("discarded T blocked_ingestion 1 4");
    now = NOW.plusSeconds(1);
    assertThat(push(Pushes.request().stream("{app=\"a\"}").entry(T, "line"))).isNull();
  }

  @Test
  void dropsInSilenceWhereTheBlockSaysSo() throws Exception {
    limits =
        Tenant.limits(
            "block_ingestion_until: 2099-01-01T00:00:00Z", "block_ingestion_status_code: 200");
    assertThat(push(Pushes.request().stream("{app=\"a\"}").entry(T, "line"))).isNull();
    assertThat(stored()).isEmpty();
  }

  @Test
  void tellsWhatIsWrongRatherThanThatItIsBlocked() throws Exception {
    limits =
        Tenant.limits(
            "block_ingestion_until: 2099-01-01T00:00:00Z", "max_label_names_per_series: 1");
    Rejection rejection =
        push(
            Pushes.request().stream("{app=\"a\"}").entry(T, "x").stream("{a=\"b\", c=\"d\"}")
                .entry(T, "y"));
    assertThat(rejection.reason()).isEqualTo("max_label_names_per_series");
  }

  @Test
  void passesOnWhatTheShardRefuses() throws Exception {
    limits = Tenant.limits("reject_old_samples: false", "max_global_streams_per_user: 1");
    assertThat(push(Pushes.request().stream("{app=\"a\"}").entry(T, "new"))).isNull();
    Rejection behind =
        push(Pushes.request().stream("{app=\"a\"}").entry(T - 7_200_000_000_000L, "old"));
    assertThat(behind)
        .isEqualTo(
            Rejection.badRequest(
                "too_far_behind",
                "entry with timestamp 2026-11-23 09:02:23 +0000 UTC ignored, reason: 'entry too"
                    + " far behind, entry timestamp is: 2026-11-23T09:02:23Z, oldest acceptable"
                    + " timestamp is: 2026-11-23T10:02:23Z',\n"
                    + "user 'T', total ignored: 1 out of 1 for stream: {app=\"a\","
                    + " service_name=\"a\"}"));
    Rejection stream = push(Pushes.request().stream("{app=\"b\"}").entry(T, "x"));
    assertThat(stream.status()).isEqualTo(Status.RATE_LIMITED);
    assertThat(stream.message())
        .startsWith("maximum active stream limit exceeded when trying to create stream {app=\"b\"");
  }

  @Test
  void asksToTryAgainWhileTheIngesterIsDown() throws Exception {
    ingester.close();
    assertThat(push(Pushes.request().stream("{app=\"a\"}").entry(T, "x")))
        .isEqualTo(new Rejection("unavailable", Status.UNAVAILABLE, "Ingester is shutting down"));
  }

  private static Pushes wide(int entries, int namesEach) {
    Pushes push = Pushes.request().stream("{app=\"x\"}");
    int name = 0;
    for (int i = 0; i < entries; i++) {
      String[] pairs = new String[2 * namesEach];
      for (int j = 0; j < namesEach; j++) {
        pairs[2 * j] = "name" + name++;
        pairs[2 * j + 1] = "v";
      }
      push.entry(T + i, "line", pairs);
    }
    return push;
  }

  @Test
  void refusesMoreMetadataNamesThanHeadsHold() throws Exception {
    Rejection manyNames = push(wide(100, 50));
    assertThat(manyNames.status()).isEqualTo(Status.BAD_REQUEST);
    assertThat(manyNames.message())
        .isEqualTo(
            "push with more names of structured metadata than can be stored together: 4101 names"
                + " and 82 entries for one shard, at most 4096 names, and at most 2097152 names"
                + " times entries");
    assertThat(push(wide(2_000, 1)).reason()).isEqualTo("push_too_wide");
    assertThat(stored()).isEmpty();
    assertThat(push(wide(1_000, 1))).isNull();
    assertThat(stored()).hasSize(1_000);
  }
}
