package dev.skald.distributor;

import dev.skald.config.IngestLimits;
import dev.skald.logql.batch.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Gives every entry a {@code detected_level} (logql.md §24.3): from structured metadata, from the
 * labels of its stream, or from its line. Immutable; safe for use by any thread.
 */
final class LevelEnricher {
  private static final byte[] DETECTED_LEVEL = ascii("detected_level");
  private static final byte[] SEVERITY_NUMBER = ascii("severity_number");

  private final byte[][] fields;
  private final LevelDetector detector;

  LevelEnricher(IngestLimits limits) {
    this.fields = limits.logLevelFields().stream().map(LevelEnricher::ascii).toArray(byte[][]::new);
    this.detector = new LevelDetector(limits.logLevelFields(), limits.logLevelFromJsonMaxDepth());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Adds the level of an entry to its metadata. */
  void enrich(ResolvedStream stream, MetadataPairs metadata, Slice line) {
    metadata.set(DETECTED_LEVEL, level(stream, metadata, line));
  }

  private byte[] level(ResolvedStream stream, MetadataPairs metadata, Slice line) {
    int own = metadata.indexOf(DETECTED_LEVEL);
    if (own >= 0) {
      return normalised(metadata.value(own));
    }
    if (stream.level() != null) {
      return stream.level();
    }
    for (byte[] field : fields) {
      int index = metadata.indexOf(field);
      if (index >= 0) {
        return normalised(metadata.value(index));
      }
    }
    int severity = metadata.indexOf(SEVERITY_NUMBER);
    if (severity >= 0) {
      return Level.ofSeverityNumber(metadata.value(severity).toString()).text();
    }
    return detector.detect(line.bytes, line.offset, line.length).text();
  }

  private static byte[] normalised(Slice value) {
    Level level = Level.of(value.bytes, value.offset, value.length);
    if (level != null) {
      return level.text();
    }
    byte[] copy = new byte[value.length];
    System.arraycopy(value.bytes, value.offset, copy, 0, copy.length);
    return copy;
  }
}
