package dev.skald.config;

import java.time.Duration;
import java.util.List;

/**
 * What a tenant may push. The names are those of Loki's {@code limits_config} in camel case; sizes
 * in bytes.
 *
 * @param ingestionRate bytes per second, 0 for no limit
 * @param ingestionBurst bytes at once
 * @param maxStreams active streams, 0 for no limit ({@code max_global_streams_per_user})
 * @param perStreamRate bytes per second and stream, 0 for no limit
 * @param perStreamBurst bytes at once and stream
 */
public record IngestLimits(
    double ingestionRate,
    double ingestionBurst,
    int maxLabelNameLength,
    int maxLabelValueLength,
    int maxLabelNamesPerSeries,
    boolean rejectOldSamples,
    Duration rejectOldSamplesMaxAge,
    Duration creationGracePeriod,
    int maxLineSize,
    boolean maxLineSizeTruncate,
    String maxLineSizeTruncateIdentifier,
    boolean incrementDuplicateTimestamp,
    List<String> discoverServiceName,
    boolean discoverLogLevels,
    List<String> logLevelFields,
    int logLevelFromJsonMaxDepth,
    int maxStreams,
    boolean unorderedWrites,
    long perStreamRate,
    long perStreamBurst,
    boolean allowStructuredMetadata,
    int maxStructuredMetadataSize,
    int maxStructuredMetadataEntriesCount) {
  public IngestLimits {
    discoverServiceName = List.copyOf(discoverServiceName);
    logLevelFields = List.copyOf(logLevelFields);
  }

  public static IngestLimits defaults() {
    return new IngestLimits(
        0,
        0,
        1024,
        2048,
        15,
        true,
        Duration.ofDays(7),
        Duration.ofMinutes(10),
        256 * 1024,
        false,
        "",
        false,
        List.of(
            "service",
            "app",
            "application",
            "app_name",
            "name",
            "app_kubernetes_io_name",
            "container",
            "container_name",
            "k8s_container_name",
            "component",
            "workload",
            "job",
            "k8s_job_name"),
        true,
        List.of(
            "level",
            "LEVEL",
            "Level",
            "log.level",
            "severity",
            "SEVERITY",
            "Severity",
            "SeverityText",
            "lvl",
            "LVL",
            "Lvl",
            "severity_text",
            "Severity_Text",
            "SEVERITY_TEXT"),
        2,
        5000,
        true,
        0,
        0,
        true,
        64 * 1024,
        128);
  }
}
