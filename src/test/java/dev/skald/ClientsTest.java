package dev.skald;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.skald.testing.Lines;
import dev.skald.testing.RunningServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.resources.Resource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** Clients that people use push with their own code. */
final class ClientsTest {
  private static final long HOUR_NANOS = 3_600_000_000_000L;
  private static final String APPENDER =
      """
      <configuration>
        <appender name="LOKI" class="com.github.loki4j.logback.Loki4jAppender">
          <labels>
            app=%s
            host=${HOSTNAME:-here}
          </labels>
          <structuredMetadata>
            level=%%level
            thread=%%thread
            *=%%%%kvp
          </structuredMetadata>
          <message><pattern>%%msg %%ex</pattern></message>
          <http>
            <url>http://127.0.0.1:%d/loki/api/v1/push</url>
            <useProtobufApi>%s</useProtobufApi>
          </http>
        </appender>
        <root level="INFO"><appender-ref ref="LOKI"/></root>
      </configuration>
      """;

  @TempDir static Path directory;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<Lines.Line> lines(String query) {
    long now = Instant.now().getEpochSecond() * 1_000_000_000L;
    return Lines.query(server.http(), query, now - HOUR_NANOS, now + HOUR_NANOS);
  }

  private static LoggerContext loki4j(String app, boolean protobuf) throws JoranException {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    String xml = APPENDER.formatted(app, server.port(), protobuf);
    configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    return context;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takesWhatLoki4jSends(boolean protobuf) throws JoranException {
    String app = "loki4j-" + protobuf;
    LoggerContext context = loki4j(app, protobuf);
    Logger log = context.getLogger("shop.Cart");
    for (int i = 0; i < 2500; i++) {
      log.info("line {} <ü>", i);
    }
    log.atError().addKeyValue("order", 17).log("broken\ntwice", new IllegalStateException("oh"));
    context.stop();

    List<Lines.Line> lines = lines("{app=\"" + app + "\"}");
    assertThat(lines).hasSize(2501);
    assertThat(lines.stream().map(Lines.Line::text))
        .contains("line 0 <ü> ", "line 2499 <ü> ")
        .anyMatch(line -> line.startsWith("broken\ntwice java.lang.IllegalStateException: oh\n"));
    assertThat(lines("{app=\"" + app + "\"} | level=\"ERROR\" | order=\"17\""))
        .singleElement()
        .satisfies(line -> assertThat(line.labels()).containsEntry("detected_level", "error"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void takesWhatTheOpenTelemetryExporterSends(String compression) {
    String service = "otel-" + compression;
    OtlpHttpLogRecordExporter exporter =
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint("http://127.0.0.1:" + server.port() + "/otlp/v1/logs")
            .setCompression(compression)
            .build();
    SdkLoggerProvider provider =
        SdkLoggerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.builder()
                        .put("service.name", service)
                        .put("service.namespace", "shop")
                        .put("process.pid", 12)
                        .build()))
            .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
            .build();
    var logger = provider.loggerBuilder("shop.Cart").setInstrumentationVersion("1.2").build();
    for (int i = 0; i < 50; i++) {
      logger
          .logRecordBuilder()
          .setTimestamp(Instant.now())
          .setSeverity(i == 7 ? Severity.ERROR : Severity.INFO)
          .setSeverityText(i == 7 ? "ERROR" : "INFO")
          .setBody("order " + i)
          .setAttribute(AttributeKey.longKey("order.id"), (long) i)
          .setAttribute(AttributeKey.stringArrayKey("parts"), List.of("a", "b"))
          .emit();
    }
    CompletableResultCode flushed = provider.forceFlush().join(20, TimeUnit.SECONDS);
    provider.close();

    assertThat(flushed.isSuccess()).isTrue();
    assertThat(lines("{service_name=\"" + service + "\", service_namespace=\"shop\"}")).hasSize(50);
    assertThat(lines("{service_name=\"" + service + "\"} | detected_level=\"error\""))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.text()).isEqualTo("order 7");
              assertThat(line.labels())
                  .containsEntry("order_id", "7")
                  .containsEntry("process_pid", "12")
                  .containsEntry("scope_name", "shop.Cart")
                  .containsEntry("scope_version", "1.2");
            });
  }
}
