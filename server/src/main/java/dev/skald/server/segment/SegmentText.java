package dev.skald.server.segment;

import dev.skald.storage.segment.SegmentInspection;
import dev.skald.storage.segment.SegmentInspection.Block;
import dev.skald.storage.segment.StreamTotals;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Prints a segment for people. */
final class SegmentText {
  private static final long NANOS = 1_000_000_000L;

  private final SegmentInspection segment;
  private final int limit;

  private SegmentText(SegmentInspection segment, int limit) {
    this.segment = segment;
    this.limit = limit;
  }

  /**
   * @param limit how many streams and blocks are shown
   */
  static String of(SegmentInspection segment, int limit) {
    SegmentText text = new SegmentText(segment, limit);
    return text.summary() + "\n" + text.sizes() + "\n" + text.streams() + "\n" + text.blocks();
  }

  /** Returns the streams with the most bytes of lines and metadata first. */
  static List<StreamTotals> biggest(SegmentInspection segment, int limit) {
    return segment.streams().stream()
        .sorted(
            Comparator.comparingLong((StreamTotals s) -> s.lineBytes() + s.metadataBytes())
                .reversed())
        .limit(limit)
        .toList();
  }

  private String summary() {
    List<StreamTotals> streams = segment.streams();
    long from = streams.stream().mapToLong(StreamTotals::minTime).min().orElse(0);
    long to = streams.stream().mapToLong(StreamTotals::maxTime).max().orElse(0);
    long text = segment.lineBytes() + segment.metadataBytes();
    TextTable table = new TextTable("ll");
    table.add("segment", segment.name() + " (version " + segment.version() + ")");
    table.add("tenant", segment.tenant());
    table.add("day", LocalDate.ofEpochDay(segment.day()).toString());
    if (!streams.isEmpty()) {
      table.add("time", time(from) + " to " + time(to));
    }
    table.add(
        "entries",
        "%d in %s and %s"
            .formatted(
                segment.entries(),
                count(streams.size(), "stream"),
                count(segment.blocks().size(), "block")));
    table.add(
        "text",
        bytes(segment.lineBytes())
            + " of lines, "
            + bytes(segment.metadataBytes())
            + " of structured metadata");
    table.add("size", bytes(segment.bytes()) + ", a ratio of " + ratio(text, segment.bytes()));
    List<String> problems = segment.problems();
    String frames = count(segment.frames().size(), "piece");
    table.add(
        "check",
        problems.isEmpty() ? frames + ", all good" : problems.size() + " of " + frames + " bad");
    problems.forEach(problem -> table.add("", problem));
    return table.print("");
  }

  private String sizes() {
    TextTable table = new TextTable("lrlrrrr");
    table.add("BYTES", "pieces", "encoding", "stored", "share", "raw", "ratio");
    SizeRow.of(segment.frames()).forEach(row -> add(row, table));
    add(SizeRow.total(segment), table);
    return table.print("");
  }

  private void add(SizeRow row, TextTable table) {
    table.add(
        row.label(),
        Integer.toString(row.frames()),
        row.encoding(),
        bytes(row.stored()),
        String.format(Locale.ROOT, "%.1f %%", 100.0 * row.stored() / segment.bytes()),
        bytes(row.raw()),
        ratio(row.raw(), row.stored()));
  }

  private String streams() {
    TextTable table = new TextTable("rrrlll");
    table.add("entries", "lines", "metadata", "from", "to", "labels");
    for (StreamTotals stream : biggest(segment, limit)) {
      table.add(
          Long.toString(stream.entries()),
          bytes(stream.lineBytes()),
          bytes(stream.metadataBytes()),
          time(stream.minTime()),
          time(stream.maxTime()),
          stream.labels().toString());
    }
    return "STREAMS, the biggest first" + shown(segment.streams().size()) + "\n" + table.print("");
  }

  private String blocks() {
    StringBuilder text = new StringBuilder("BLOCKS");
    text.append(shown(segment.blocks().size())).append('\n');
    int shown = Math.min(limit, segment.blocks().size());
    for (int number = 0; number < shown; number++) {
      Block block = segment.blocks().get(number);
      text.append(
          "%d: %s of %s from %s to %s, %s at byte %d\n"
              .formatted(
                  number,
                  count(block.rows(), "row"),
                  count(block.streams(), "stream"),
                  time(block.minTime()),
                  time(block.maxTime()),
                  bytes(block.length()),
                  block.offset()));
      TextTable table = new TextTable("lrlrrr");
      for (SizeRow row : SizeRow.of(block.frames())) {
        table.add(
            row.label(),
            count(row.frames(), "page"),
            row.encoding(),
            bytes(row.stored()),
            bytes(row.raw()),
            ratio(row.raw(), row.stored()));
      }
      text.append(table.print("   "));
    }
    return text.toString();
  }

  private String shown(int all) {
    return all <= limit ? "" : " (" + limit + " of " + all + "; -all shows all)";
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String ratio(long raw, long stored) {
    return stored == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) raw / stored);
  }

  private static String time(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS))
        .toString();
  }

  private static String bytes(long bytes) {
    if (bytes < 10_000) {
      return bytes + " B";
    }
    return bytes < 10_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
