package dev.skald.storage.segment;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.Crc32c;
import dev.skald.storage.bytes.LittleEndian;
import dev.skald.storage.bytes.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The end of a segment: what it is, where its sections lie, and a trailer of fixed length with
 * which reading begins.
 *
 * <pre>
 *  +-----------+---------------+-------------+---------+---------+-----------+
 *  | directory | directory len | tail length | version | CRC32C  | SKALDSEG  |
 *  +-----------+---------------+-------------+---------+---------+-----------+
 *              |<- 4 --------->|<- 4 ------->|<- 4 --->|<- 4 --->|<- 8 ----->|
 * </pre>
 *
 * The tail is everything from the first section that is needed to open the segment to the end. The
 * checksum covers the directory, both lengths and the version.
 */
record Footer(String tenant, long day, Map<Section, BlockInfo.PageRef> sections, int tailLength) {
  static final byte[] MAGIC = "SKALDSEG".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;
  static final int TRAILER = 24;

  /** The parts of a segment beside its blocks, each a {@link PageFrame}. */
  enum Section {
    /** {@link MinuteCounts} of each stream; before the tail, as few queries need it. */
    COUNTS,
    /** {@link StreamTable}. */
    STREAMS,
    /** {@link Postings}. */
    POSTINGS,
    /** {@link BlockDirectory}. */
    BLOCKS
  }

  static byte[] encode(
      String tenant, long day, Map<Section, BlockInfo.PageRef> sections, long position) {
    ByteWriter out = new ByteWriter();
    out.string(tenant).zigzag(day).varint(sections.size());
    sections.forEach(
        (section, page) -> out.u8(section.ordinal()).varint(page.offset()).varint(page.length()));
    int directory = out.size();
    long tail = position - sections.get(Section.STREAMS).offset() + directory + TRAILER;
    out.u32(directory).u32(Math.toIntExact(tail)).u32(VERSION);
    out.u32(Crc32c.of(out.array(), 0, out.size())).bytes(MAGIC);
    return out.toByteArray();
  }

  /** Returns the length of the tail, given the last bytes of a segment, the trailer at least. */
  static int tailLength(byte[] end) {
    int trailer = end.length - TRAILER;
    if (trailer < 0
        || !Arrays.equals(end, end.length - MAGIC.length, end.length, MAGIC, 0, MAGIC.length)) {
      throw new MalformedException("a segment must end with SKALDSEG");
    }
    int version = LittleEndian.getInt(end, trailer + 8);
    if (version != VERSION) {
      throw new MalformedException("segment version " + version + ", wanted " + VERSION);
    }
    int tail = LittleEndian.getInt(end, trailer + 4);
    if (tail < TRAILER) {
      throw new MalformedException("a tail of " + tail + " bytes, wanted at least " + TRAILER);
    }
    return tail;
  }

  /** Reads the footer, given at least the tail of a segment. */
  static Footer decode(byte[] end) {
    int tail = tailLength(end);
    int trailer = end.length - TRAILER;
    int length = LittleEndian.getInt(end, trailer);
    if (length < 0 || length > trailer) {
      throw new MalformedException(
          "a directory of " + length + " bytes, wanted at most " + trailer);
    }
    int crc = Crc32c.of(end, trailer - length, length + 12);
    if (crc != LittleEndian.getInt(end, trailer + 12)) {
      throw new MalformedException("CRC32C of the footer is " + Integer.toHexString(crc));
    }
    ByteReader in = new ByteReader(end, trailer - length, length);
    String tenant = in.string();
    long day = in.zigzag();
    Map<Section, BlockInfo.PageRef> sections = new EnumMap<>(Section.class);
    int count = in.count(3, "number of sections");
    for (int i = 0; i < count; i++) {
      Section section = Section.values()[in.varint(0, Section.values().length - 1, "section")];
      long offset = in.varint();
      sections.put(section, new BlockInfo.PageRef(offset, in.varint(0, 1 << 30, "length")));
    }
    in.expectEnd();
    if (sections.size() != Section.values().length) {
      throw new MalformedException(
          sections.size() + " sections, wanted " + Section.values().length);
    }
    return new Footer(tenant, day, sections, tail);
  }
}
