package dev.skald.server.segment;

import dev.skald.storage.segment.SegmentInspection;
import dev.skald.storage.segment.SegmentInspection.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the frames of one kind, or of one metadata column, come to.
 *
 * @param encoding of a metadata column, several joined by {@code /}; else empty
 * @param stored bytes in the object, with the heads of the frames
 * @param raw bytes when uncompressed
 */
record SizeRow(String label, String encoding, int frames, long stored, long raw) {

  /** Returns the sums of a list of frames, the biggest first. */
  static List<SizeRow> of(List<Frame> frames) {
    Map<String, SizeRow> rows = new LinkedHashMap<>();
    for (Frame frame : frames) {
      rows.merge(
          frame.label(),
          new SizeRow(frame.label(), frame.encoding(), 1, frame.length(), frame.rawLength()),
          SizeRow::plus);
    }
    List<SizeRow> sorted = new ArrayList<>(rows.values());
    sorted.sort(Comparator.comparingLong(SizeRow::stored).reversed());
    return sorted;
  }

  static SizeRow total(SegmentInspection segment) {
    long raw = segment.frames().stream().mapToLong(Frame::rawLength).sum();
    return new SizeRow("total", "", segment.frames().size(), segment.bytes(), raw);
  }

  private SizeRow plus(SizeRow other) {
    boolean known = List.of(encoding.split("/")).contains(other.encoding);
    return new SizeRow(
        label,
        known ? encoding : encoding + "/" + other.encoding,
        frames + other.frames,
        stored + other.stored,
        raw + other.raw);
  }
}
