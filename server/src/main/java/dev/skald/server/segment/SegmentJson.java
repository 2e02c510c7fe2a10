package dev.skald.server.segment;

import dev.skald.server.query.JsonOutput;
import dev.skald.storage.segment.SegmentInspection;
import dev.skald.storage.segment.SegmentInspection.Block;
import dev.skald.storage.segment.SegmentInspection.Frame;
import dev.skald.storage.segment.StreamTotals;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Prints a segment for programs: lengths in bytes, times as text in unix nanoseconds. */
final class SegmentJson {
  private final JsonOutput out = new JsonOutput();

  private SegmentJson() {}

  /**
   * @param limit how many streams and blocks are shown
   */
  static String of(SegmentInspection segment, int limit) {
    SegmentJson json = new SegmentJson();
    json.segment(segment, limit);
    return new String(json.out.bytes(), 0, json.out.length(), StandardCharsets.UTF_8);
  }

  private void segment(SegmentInspection segment, int limit) {
    out.raw("{\"segment\":").string(segment.name());
    number("version", segment.version()).number("bytes", segment.bytes());
    text("tenant", segment.tenant());
    text("day", LocalDate.ofEpochDay(segment.day()).toString());
    number("entries", segment.entries());
    number("lineBytes", segment.lineBytes()).number("metadataBytes", segment.metadataBytes());
    number("streamCount", segment.streams().size());
    number("blockCount", segment.blocks().size());
    list("problems", segment.problems(), out::string);
    list("sizes", SizeRow.of(segment.frames()), this::size);
    list("streams", SegmentText.biggest(segment, limit), this::stream);
    list("blocks", segment.blocks().stream().limit(limit).toList(), this::block);
    out.raw('}');
  }

  private void size(SizeRow row) {
    out.raw("{\"label\":").string(row.label());
    text("encoding", row.encoding());
    number("pieces", row.frames()).number("stored", row.stored()).number("raw", row.raw());
    out.raw('}');
  }

  private void stream(StreamTotals stream) {
    out.raw("{\"labels\":").labels(stream.labels(), false);
    number("entries", stream.entries());
    number("lineBytes", stream.lineBytes()).number("metadataBytes", stream.metadataBytes());
    times(stream.minTime(), stream.maxTime());
    out.raw('}');
  }

  private void block(Block block) {
    out.raw("{\"rows\":").number(block.rows());
    number("streams", block.streams()).number("offset", block.offset());
    number("bytes", block.length());
    times(block.minTime(), block.maxTime());
    list("pages", block.frames(), this::page);
    out.raw('}');
  }

  private void page(Frame page) {
    out.raw("{\"kind\":").string(page.kind().name().toLowerCase(Locale.ROOT));
    list("columns", page.columns(), out::string);
    text("encoding", page.encoding());
    number("offset", page.offset()).number("stored", page.length()).number("raw", page.rawLength());
    text("problem", page.problem());
    out.raw('}');
  }

  private void times(long from, long to) {
    text("from", Long.toString(from)).text("to", Long.toString(to));
  }

  private SegmentJson number(String key, long value) {
    out.raw(',').string(key).raw(':').number(value);
    return this;
  }

  private SegmentJson text(String key, String value) {
    out.raw(',').string(key).raw(':').string(value);
    return this;
  }

  private <T> void list(String key, List<T> items, Consumer<T> print) {
    out.raw(',').string(key).raw(":[");
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      print.accept(items.get(i));
    }
    out.raw(']');
  }
}
