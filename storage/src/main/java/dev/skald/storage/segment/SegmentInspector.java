package dev.skald.storage.segment;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.LittleEndian;
import dev.skald.storage.bytes.MalformedException;
import dev.skald.storage.object.CorruptDataException;
import dev.skald.storage.segment.SegmentInspection.Block;
import dev.skald.storage.segment.SegmentInspection.Frame;
import dev.skald.storage.segment.SegmentInspection.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Reads one segment from end to end for {@link SegmentInspection}. For one thread and one use. */
final class SegmentInspector implements AutoCloseable {
  private static final int MAGIC = Footer.MAGIC.length;
  private static final int HEAD = MAGIC + 4;
  private static final int LEAST = HEAD + Footer.TRAILER;

  /** As much is read at a time, so that an object far away does not take a request a page. */
  private static final int SPAN = 4 << 20;

  private final SegmentBytes source;
  private final PageReader reader;
  private final List<Frame> frames = new ArrayList<>();
  private long size;
  private PageReader.Piece span = new PageReader.Piece(new byte[0], 0);

  /** What the sections say; what cannot be decoded stays empty. */
  private List<StreamTotals> streams = List.of();

  private BlockDirectory directory = new BlockDirectory(List.of(), List.of());

  SegmentInspector(SegmentBytes source) {
    this.source = source;
    this.reader = new PageReader(source.name());
  }

  /** Reads what a section decodes to. */
  private interface Decoder {
    void decode(byte[] raw);
  }

  SegmentInspection inspect() throws IOException {
    size = source.size();
    if (size < LEAST) {
      throw corrupt(
          0, "this is no segment: it has " + size + " bytes, a segment has " + LEAST + " or more");
    }
    byte[] head = source.get(0, HEAD);
    boolean begins = Arrays.equals(head, 0, MAGIC, Footer.MAGIC, 0, MAGIC);
    byte[] end = end(begins);
    Footer footer = footer(end);
    span = new PageReader.Piece(end, size - end.length);
    section(footer, Footer.Section.STREAMS, raw -> streams = StreamTable.decode(raw));
    section(footer, Footer.Section.POSTINGS, Postings::decode);
    section(footer, Footer.Section.BLOCKS, raw -> directory = BlockDirectory.decode(raw));
    frames.add(head(head, begins));
    List<Block> blocks = new ArrayList<>();
    for (BlockInfo info : directory.blocks()) {
      blocks.add(block(info));
    }
    section(footer, Footer.Section.COUNTS, this::decodeCounts);
    addFooter(footer);
    int version = LittleEndian.getInt(end, end.length - Footer.TRAILER + 8);
    return new SegmentInspection(
        source.name(), size, version, footer.tenant(), footer.day(), streams, blocks, withGaps());
  }

  /** Returns the tail, or as much of the end as there is. */
  private byte[] end(boolean begins) throws IOException {
    try {
      byte[] trailer = source.get(size - Footer.TRAILER, Footer.TRAILER);
      int tail = (int) Math.min(Footer.tailLength(trailer), size);
      return source.get(size - tail, tail);
    } catch (MalformedException failure) {
      throw corrupt(
          size,
          begins
              ? "it begins as a segment, but its end is not there or has changed: "
                  + failure.getMessage()
              : "this is no segment: it does not begin with SKALDSEG, and " + failure.getMessage());
    }
  }

  private Footer footer(byte[] end) throws CorruptDataException {
    try {
      return Footer.decode(end);
    } catch (MalformedException failure) {
      throw corrupt(size - end.length, failure.getMessage());
    }
  }

  private CorruptDataException corrupt(long offset, String problem) {
    return new CorruptDataException(source.name(), offset, problem);
  }

  private static Frame head(byte[] head, boolean begins) {
    int version = LittleEndian.getInt(head, MAGIC);
    String problem = "";
    if (!begins) {
      problem = "it does not begin with SKALDSEG";
    } else if (version != Footer.VERSION) {
      problem = "version " + version + ", wanted " + Footer.VERSION;
    }
    return new Frame(Kind.HEAD, List.of(), "", 0, HEAD, HEAD, problem);
  }

  private void addFooter(Footer footer) {
    long end =
        footer.sections().values().stream().mapToLong(BlockInfo.PageRef::end).max().orElse(0);
    int length = (int) Math.max(0, size - end);
    frames.add(new Frame(Kind.FOOTER, List.of(), "", size - length, length, length, ""));
  }

  private void section(Footer footer, Footer.Section section, Decoder decoder) throws IOException {
    BlockInfo.PageRef ref = footer.sections().get(section);
    Kind kind = Kind.valueOf(section.name());
    frames.add(check(new Frame(kind, List.of(), "", ref.offset(), ref.length(), 0, ""), decoder));
  }

  private void decodeCounts(byte[] raw) {
    ByteReader in = new ByteReader(raw);
    for (int i = 0; i < streams.size(); i++) {
      MinuteCounts.decode(in);
    }
    // Without the streams nobody knows how many there are.
    if (!streams.isEmpty()) {
      in.expectEnd();
    }
  }

  private Block block(BlockInfo info) throws IOException {
    List<Frame> own = new ArrayList<>();
    for (Frame page : new BlockFrames(info, directory.names()).frames()) {
      own.add(check(page, raw -> {}));
    }
    frames.addAll(own);
    BlockInfo.Bounds bounds = info.bounds();
    return new Block(
        bounds.rows(),
        bounds.minTime(),
        bounds.maxTime(),
        bounds.streams(),
        info.pages().getFirst().offset(),
        own);
  }

  private Frame check(Frame frame, Decoder decoder) throws IOException {
    try {
      if (frame.offset() < 0 || frame.length() > size - frame.offset()) {
        throw corrupt(frame.offset(), frame.length() + " bytes, more than the object has");
      }
      byte[] raw = reader.read(piece(frame), frame.offset(), frame.length());
      decoder.decode(raw);
      return frame.with(raw.length, "");
    } catch (CorruptDataException failure) {
      return frame.with(0, failure.problem());
    } catch (MalformedException failure) {
      return frame.with(0, failure.getMessage());
    }
  }

  private PageReader.Piece piece(Frame frame) throws IOException {
    long start = frame.offset() - span.offset();
    if (start < 0 || start + frame.length() > span.bytes().length) {
      int length = (int) Math.max(frame.length(), Math.min(SPAN, size - frame.offset()));
      span = new PageReader.Piece(source.get(frame.offset(), length), frame.offset());
    }
    return span;
  }

  /** Returns all frames in file order, and what lies between them. */
  private List<Frame> withGaps() {
    frames.sort(Comparator.comparingLong(Frame::offset));
    List<Frame> all = new ArrayList<>();
    long end = 0;
    for (Frame frame : frames) {
      if (frame.offset() > end) {
        int length = (int) Math.min(Integer.MAX_VALUE, frame.offset() - end);
        all.add(new Frame(Kind.UNUSED, List.of(), "", end, length, length, ""));
      }
      all.add(frame);
      end = Math.max(end, frame.offset() + frame.length());
    }
    return all;
  }

  @Override
  public void close() {
    reader.close();
  }
}
