package dev.skald.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.skald.config.load.CommandLine;
import dev.skald.config.load.ConfigLoader;
import dev.skald.config.load.Surroundings;
import dev.skald.config.load.TenantOverrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log says of limits that change while the server runs. */
final class LimitsReloadTest {
  @TempDir private Path directory;
  private final Logger logger = (Logger) LoggerFactory.getLogger(LimitsReload.class);
  private final ListAppender<ILoggingEvent> seen = new ListAppender<>();
  private Level before;
  private Path file;
  private LimitsReload reload;
  private long second;

  @BeforeEach
  void listen() throws IOException {
    before = logger.getLevel();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    seen.start();
    logger.addAppender(seen);
    file = directory.resolve("overrides.yaml");
    write("overrides: {a: {max_query_series: 1}, b: {max_query_series: 2}}");
    TenantOverrides overrides =
        new TenantOverrides(
            ConfigLoader.parse(
                "test.yaml",
                "runtime_config: {file: " + file + "}\n",
                CommandLine.empty(),
                new Surroundings(directory, Map.of(), 2)),
            directory);
    overrides.reload(Instant.EPOCH);
    reload = new LimitsReload(overrides);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(seen);
    logger.setAdditive(true);
    logger.setLevel(before);
  }

  private void write(String yaml) throws IOException {
    Files.writeString(file, yaml);
  }

  private List<String> told() {
    seen.list.clear();
    reload.run(Instant.ofEpochSecond(++second));
    return seen.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void namesTheTenantsWhoseLimitsHaveChanged() throws IOException {
    assertThat(told()).isEmpty();
    write("overrides: {a: {max_query_series: 9}, b: {max_query_series: 2}, c: {}}");
    assertThat(told())
        .containsExactly(
            "runtime config: limits have changed of tenants [a, c]; 3 have limits of their own");
    assertThat(told()).isEmpty();
    write("overrides: {b: {max_query_series: 2}}");
    assertThat(told())
        .containsExactly(
            "runtime config: limits have changed of tenants [a, c]; 1 have limits of their own");
  }

  @Test
  void tellsOnceWhatIsWrongWithAFile() throws IOException {
    write("overrides: {a: {max_query_series: none}}");
    assertThat(told())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("failed to load config, the limits stay as they were:")
                    .contains("overrides.yaml"));
    assertThat(told()).isEmpty();
    write("overrides: {a: {max_query_series: 1}, b: {max_query_series: 3}}");
    assertThat(told())
        .containsExactly(
            "runtime config: limits have changed of tenants [b]; 2 have limits of their own");
  }
}
