package dev.skald.logql.eval;

import dev.skald.logql.Labels;
import dev.skald.logql.batch.Slice;
import dev.skald.logql.stage.Row;
import dev.skald.logql.stage.Row.LabelGroups;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One entry of the answer to a log query. Immutable as long as nobody writes to {@link #line}.
 *
 * <p>Two entries are equal if they are of one stream and time, and agree in line, structured
 * metadata and parsed labels: of such entries a result holds only one (logql.md §20.4).
 */
public final class LogEntry {
  private final long timestamp;
  private final byte[] line;
  private final LabelGroups groups;
  private final Labels stream;
  private final long streamHash;

  /**
   * @param timestamp unix nanoseconds
   * @param line the line after the pipeline
   * @param groups the labels after the pipeline
   * @param stream the labels of the stored stream
   * @param streamHash the hash of {@code stream}, which orders entries of equal time
   */
  public LogEntry(long timestamp, byte[] line, LabelGroups groups, Labels stream, long streamHash) {
    this.timestamp = timestamp;
    this.line = line;
    this.groups = groups;
    this.stream = stream;
    this.streamHash = streamHash;
  }

  /** Returns an entry of a row that will be reused. */
  public static LogEntry copyOf(Row row) {
    Slice line = row.line();
    byte[] bytes = Arrays.copyOfRange(line.bytes, line.offset, line.end());
    return new LogEntry(row.timestamp(), bytes, row.labels(), row.streamLabels(), row.streamHash());
  }

  public long timestamp() {
    return timestamp;
  }

  /** The line after the pipeline; must not be written to. */
  public byte[] line() {
    return line;
  }

  public LabelGroups groups() {
    return groups;
  }

  /** The labels of the stored stream, before any stage. */
  public Labels stream() {
    return stream;
  }

  public long streamHash() {
    return streamHash;
  }

  /** Returns all labels in one set; a parsed one hides structured metadata, that a stream label. */
  public Labels labels() {
    return combine(groups);
  }

  static Labels combine(LabelGroups groups) {
    if (groups.structuredMetadata().size() == 0 && groups.parsed().size() == 0) {
      return groups.stream();
    }
    Labels.Builder builder = groups.stream().toBuilder();
    setAll(builder, groups.structuredMetadata());
    setAll(builder, groups.parsed());
    return builder.build();
  }

  private static void setAll(Labels.Builder builder, Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      builder.set(labels.name(i), labels.value(i));
    }
  }

  /** Returns roughly how much memory the entry holds. */
  long memory() {
    return 256L + line.length + groups.structuredMetadata().memory() + groups.parsed().memory();
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof LogEntry other
        && timestamp == other.timestamp
        && streamHash == other.streamHash
        && stream.equals(other.stream)
        && Arrays.equals(line, other.line)
        && groups.structuredMetadata().equals(other.groups.structuredMetadata())
        && groups.parsed().equals(other.groups.parsed());
  }

  @Override
  public int hashCode() {
    int hash = Long.hashCode(timestamp) * 31 + Long.hashCode(streamHash);
    hash = hash * 31 + Arrays.hashCode(line);
    return hash * 31 + groups.parsed().hashCode() + groups.structuredMetadata().hashCode();
  }

  @Override
  public String toString() {
    return timestamp + " " + new String(line, StandardCharsets.UTF_8) + " " + groups;
  }
}
