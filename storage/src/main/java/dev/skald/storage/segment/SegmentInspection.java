package dev.skald.storage.segment;

import dev.skald.storage.object.CorruptDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one segment holds, where each byte of it lies, and what of it is bad. Times in unix
 * nanoseconds, lengths in bytes. A piece that is bad leaves what it would have told empty: streams
 * without STREAMS, blocks without BLOCKS.
 *
 * @param name of the object
 * @param day UTC day, counted from 1970-01-01
 * @param streams sorted by canonical label text
 * @param frames every byte of the object, in its order, those of the blocks among them
 */
public record SegmentInspection(
    String name,
    long bytes,
    int version,
    String tenant,
    long day,
    List<StreamTotals> streams,
    List<Block> blocks,
    List<Frame> frames) {

  /** What a frame is for. */
  public enum Kind {
    /** Magic and version; no frame. */
    HEAD,
    RUNS,
    TIMES,
    /** The values of one or more columns of structured metadata. */
    METADATA,
    /** Which rows have a value in such a column. */
    PRESENCE,
    LINES,
    LENGTHS,
    COUNTS,
    STREAMS,
    POSTINGS,
    BLOCKS,
    /** Directory and trailer; no frame. */
    FOOTER,
    /** Bytes that nothing points to. */
    UNUSED
  }

  /**
   * A page, a section, or what lies around them.
   *
   * @param columns names of the metadata columns that it serves; empty for other kinds
   * @param encoding of the values of a metadata column, else empty
   * @param length with the frame's head
   * @param rawLength what it comes to uncompressed; 0 where the frame is bad
   * @param problem what is bad about it, empty if nothing is
   */
  public record Frame(
      Kind kind,
      List<String> columns,
      String encoding,
      long offset,
      int length,
      int rawLength,
      String problem) {
    public Frame {
      columns = List.copyOf(columns);
    }

    /** Returns the kind, and the columns if it has any, as people call it. */
    public String label() {
      return switch (kind) {
        case METADATA -> "metadata " + String.join(", ", columns);
        case PRESENCE -> "presence of " + String.join(", ", columns);
        case COUNTS, STREAMS, POSTINGS, BLOCKS -> kind.name();
        default -> kind.name().toLowerCase(Locale.ROOT);
      };
    }

    public boolean bad() {
      return !problem.isEmpty();
    }

    Frame with(int raw, String found) {
      return new Frame(kind, columns, encoding, offset, length, raw, found);
    }
  }

  /**
   * A block.
   *
   * @param frames in file order
   */
  public record Block(
      int rows, long minTime, long maxTime, int streams, long offset, List<Frame> frames) {
    public Block {
      frames = List.copyOf(frames);
    }

    public long length() {
      return frames.stream().mapToLong(Frame::length).sum();
    }
  }

  public SegmentInspection {
    streams = List.copyOf(streams);
    blocks = List.copyOf(blocks);
    frames = List.copyOf(frames);
  }

  /**
   * Reads a whole segment, some megabytes at a time, and checks every checksum, every compressed
   * page and every section.
   *
   * @throws CorruptDataException if it is no segment, or its footer is bad
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws IOException if it cannot be read
   */
  public static SegmentInspection of(SegmentBytes source) throws IOException {
    try (SegmentInspector inspector = new SegmentInspector(source)) {
      return inspector.inspect();
    }
  }

  /** Returns what is bad, each as a sentence that names the place. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (Frame frame : frames) {
      if (frame.bad()) {
        problems.add(place(frame) + ": " + frame.problem());
      }
    }
    return problems;
  }

  private String place(Frame frame) {
    String at = frame.label() + " at byte " + frame.offset();
    for (int i = 0; i < blocks.size(); i++) {
      if (blocks.get(i).frames().contains(frame)) {
        return "block " + i + ", " + at;
      }
    }
    return at;
  }

  public long entries() {
    return streams.stream().mapToLong(StreamTotals::entries).sum();
  }

  public long lineBytes() {
    return streams.stream().mapToLong(StreamTotals::lineBytes).sum();
  }

  public long metadataBytes() {
    return streams.stream().mapToLong(StreamTotals::metadataBytes).sum();
  }
}
