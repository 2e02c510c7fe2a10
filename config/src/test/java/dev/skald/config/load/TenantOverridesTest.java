package dev.skald.config.load;

import static dev.skald.config.load.Loading.load;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.ConfigException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TenantOverridesTest {
  private static final Instant T1 = Instant.ofEpochSecond(1);
  private static final Instant T2 = Instant.ofEpochSecond(2);
  private static final String GLOBAL =
      """
      runtime_config: {file: 'a.yaml,b.yaml.gz'}
      limits_config:
        max_query_series: 7
        otlp_config: {severity_text_as_label: true}
        retention_stream: [{selector: '{a="b"}', period: 24h}]
      """;

  @TempDir private Path directory;

  @Test
  void inheritsFromTheGlobalLimitsAndReplacesListsAsAWhole() throws IOException {
    write(
        "overrides:\n  t:\n    max_line_size: 1KB\n    retention_stream: []\n"
            + "    otlp_config: {resource_attributes: {ignore_defaults: true}}\n"
            + "configs: {t: {log_push_request: true}}");
    TenantOverrides overrides = overrides();

    assertThat(overrides.reload(T1)).isTrue();

    assertThat(overrides.limits("t").ingest().maxLineSize()).isEqualTo(1024);
    assertThat(overrides.limits("t").query().maxQuerySeries()).isEqualTo(7);
    assertThat(overrides.limits("t").retention().streams()).isEmpty();
    assertThat(overrides.limits("t").otlp().severityTextAsLabel()).isTrue();
    assertThat(overrides.limits("t").otlp().ignoreResourceDefaults()).isTrue();
    assertThat(overrides.limits("other").ingest().maxLineSize()).isEqualTo(256 * 1024);
    assertThat(overrides.limits("other").retention().streams()).hasSize(1);
    assertThat(overrides.tenants()).containsExactly("t");
    assertThat(overrides.notices()).hasSize(1);
    assertThat(ConfigPrinter.plain(overrides.settings("t")))
        .containsEntry("max_line_size", "1KB")
        .containsEntry("max_query_series", 7L);
  }

  @Test
  void mergesFilesFromLeftToRight() throws IOException {
    write("overrides: {t: {max_line_size: 1KB, max_query_length: 1h}}");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(directory.resolve("b.yaml.gz")))) {
      out.write("overrides: {t: {max_line_size: 2KB}, u: {}}".getBytes(StandardCharsets.UTF_8));
    }
    TenantOverrides overrides = new TenantOverrides(load(GLOBAL + "auth_enabled: true"), directory);

    overrides.reload(T1);

    assertThat(overrides.limits("t").ingest().maxLineSize()).isEqualTo(2048);
    assertThat(overrides.limits("t").query().maxQueryLength()).isEqualTo(Duration.ofHours(1));
    assertThat(overrides.limits("u").ingest().perStreamRate()).isEqualTo(3L << 20);
  }

  @Test
  void readsAgainOnlyWhatHasChanged() throws IOException {
    write("overrides: {t: {max_line_size: 1KB}}");
    TenantOverrides overrides = overrides();

    assertThat(overrides.reload(T1)).isTrue();
    assertThat(overrides.reload(T2)).isFalse();
    assertThat(overrides.status().changedAt()).isEqualTo(T1);
    write("overrides: {t: {max_line_size: 2KB}}");
    assertThat(overrides.reload(T2)).isTrue();
    assertThat(overrides.status().changedAt()).isEqualTo(T2);
    assertThat(overrides.limits("t").ingest().maxLineSize()).isEqualTo(2048);
  }

  @Test
  void keepsWhatIsInForceWhenAReadingFails() throws IOException {
    write("overrides: {t: {max_line_size: 1KB}}");
    TenantOverrides overrides = overrides();
    overrides.reload(T1);

    write("overrides:\n  t:\n    max_line_sise: 1KB\n    max_query_length: x");
    assertThatThrownBy(() -> overrides.reload(T2))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "failed to load runtime config: load file: a.yaml: yaml: unmarshal errors:",
            "line 3: field max_line_sise not found in type validation.plain; did you mean"
                + " \"max_line_size\"?",
            "line 4: cannot unmarshal !!str `x` into model.Duration");
    assertThat(overrides.status().successful()).isFalse();
    assertThat(overrides.limits("t").ingest().maxLineSize()).isEqualTo(1024);

    write("overrides: {t: {retention_stream: [{selector: '{a=\"b\"}', period: 1h}]}}");
    assertThatThrownBy(() -> overrides.reload(T2))
        .hasMessageContaining(
            "invalid override for tenant t: retention period must be >= 24h was 1h");

    Files.delete(directory.resolve("a.yaml"));
    assertThatThrownBy(() -> overrides.reload(T2))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("NoSuchFileException");
    assertThat(overrides.limits("t").ingest().maxLineSize()).isEqualTo(1024);
  }

  @Test
  void ignoresATenantWithNothingBehindIt() throws IOException {
    write("overrides:\n  t:\n");
    TenantOverrides overrides = overrides();

    overrides.reload(T1);

    assertThat(overrides.tenants()).isEmpty();
    assertThat(overrides.notices().getFirst().toString())
        .isEqualTo("a.yaml:2: overrides.t is empty and ignored");
  }

  @Test
  void hasTheGlobalLimitsWhereThereIsNoFile() {
    TenantOverrides overrides = new TenantOverrides(load(""), directory);

    assertThat(overrides.reload(T1)).isTrue();
    assertThat(overrides.reload(T2)).isFalse();
    assertThat(overrides.limits("t")).isEqualTo(load("").config().limits());
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.resolve("a.yaml"), text);
  }

  private TenantOverrides overrides() {
    return new TenantOverrides(
        load(GLOBAL.replace(",b.yaml.gz", "") + "auth_enabled: false"), directory);
  }
}
