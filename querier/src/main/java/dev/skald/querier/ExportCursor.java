package dev.skald.querier;

import dev.skald.logql.eval.LogEntry;

/**
 * Where an export has come to: behind so many entries of one stream at one time. It stays true
 * whatever is sealed, merged or pushed meanwhile: entries of equal time are ordered by stream, and
 * those of one stream by their labels and arrival.
 *
 * @param time of the last entry, in unix nanoseconds
 * @param streamHash of its stream
 * @param count how many entries of that stream and time were exported
 */
public record ExportCursor(long time, long streamHash, int count) {
  private static final String FORM = "-?[0-9]{1,19}\\.[0-9a-f]{1,16}\\.[0-9]{1,9}";

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ExportCursor parse(String text) {
    if (!text.matches(FORM)) {
      throw new IllegalArgumentException("\"" + text + "\" is no cursor");
    }
    String[] parts = text.split("\\.");
    return new ExportCursor(
        Long.parseLong(parts[0]), Long.parseUnsignedLong(parts[1], 16), Integer.parseInt(parts[2]));
  }

  /** Returns the cursor behind an entry that comes next after this one. */
  ExportCursor next(LogEntry entry) {
    boolean same = entry.timestamp() == time && entry.streamHash() == streamHash;
    return new ExportCursor(entry.timestamp(), entry.streamHash(), same ? count + 1 : 1);
  }

  /** Returns whether entries of the same time stand before this one for their stream alone. */
  boolean isPast(LogEntry entry) {
    return entry.timestamp() == time && Long.compareUnsigned(entry.streamHash(), streamHash) < 0;
  }

  boolean isAt(LogEntry entry) {
    return entry.timestamp() == time && entry.streamHash() == streamHash;
  }

  @Override
  public String toString() {
    return time + "." + Long.toHexString(streamHash) + "." + count;
  }
}
