package dev.skald.storage.catalog;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.Crc32c;
import dev.skald.storage.bytes.LittleEndian;
import dev.skald.storage.bytes.MalformedException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * The records of a catalog file: a head of 16 bytes, then a payload that begins with its kind and
 * ends with the byte E5, so that zeros at the end of a file are known as never written.
 *
 * <pre>
 *  0          4                8                   12                  16
 *  +----------+----------------+-------------------+-------------------+-------------+
 *  | SKCR     | payload length | CRC32C of 0 to 7  | CRC32C of payload | payload ... |
 *  +----------+----------------+-------------------+-------------------+-------------+
 * </pre>
 */
final class CatalogRecord {
  static final int HEAD = 16;
  private static final int CHECKED_HEAD = 8;
  private static final int END = 0xE5;
  static final int MAGIC = 'S' | 'K' << 8 | 'C' << 16 | 'R' << 24;

  private static final int STATE = 1;
  private static final int EDIT = 2;
  private static final int FORGET = 3;

  private CatalogRecord() {}

  /** Writes a whole state, with which every file begins. */
  static byte[] state(CatalogState state) {
    ByteWriter payload = new ByteWriter().u8(STATE);
    payload.varint(state.nextSegment()).varint(state.nextHead());
    payload.u8(state.damaged() ? 1 : 0);
    writeEdit(
        new CatalogEdit(
            state.snapshot().segments(), List.of(), List.copyOf(state.persistedHeads())),
        payload);
    return frame(payload);
  }

  static byte[] edit(CatalogEdit edit) {
    ByteWriter payload = new ByteWriter().u8(EDIT);
    writeEdit(edit, payload);
    return frame(payload);
  }

  static byte[] forget(Collection<HeadId> heads) {
    ByteWriter payload = new ByteWriter().u8(FORGET);
    writeHeads(heads, payload);
    return frame(payload);
  }

  private static byte[] frame(ByteWriter payload) {
    payload.u8(END);
    ByteWriter out = new ByteWriter(HEAD + payload.size());
    out.u32(MAGIC).u32(payload.size());
    out.u32(Crc32c.of(out.array(), 0, CHECKED_HEAD));
    out.u32(Crc32c.of(payload.array(), 0, payload.size()));
    return out.bytes(payload.array(), 0, payload.size()).toByteArray();
  }

  /** Returns whether there is a whole and unchanged head at a place. */
  static boolean goodHead(byte[] bytes, int at) {
    return bytes.length - at >= HEAD
        && LittleEndian.getInt(bytes, at) == MAGIC
        && Crc32c.of(bytes, at, CHECKED_HEAD) == LittleEndian.getInt(bytes, at + CHECKED_HEAD);
  }

  /** Returns how long the payload is that a good head names. */
  static long payloadLength(byte[] bytes, int at) {
    return LittleEndian.getInt(bytes, at + 4) & 0xFFFFFFFFL;
  }

  /** Returns the length of the good record at a place, with its head, or -1 if there is none. */
  static int goodLength(byte[] bytes, int at) {
    if (!goodHead(bytes, at)) {
      return -1;
    }
    long length = payloadLength(bytes, at);
    if (length < 2 || length > bytes.length - at - HEAD) {
      return -1;
    }
    int crc = Crc32c.of(bytes, at + HEAD, (int) length);
    return crc == LittleEndian.getInt(bytes, at + 12) ? HEAD + (int) length : -1;
  }

  static boolean isState(byte[] bytes, int at) {
    return bytes[at + HEAD] == STATE;
  }

  /** Makes the change that a good record says. */
  static void apply(byte[] bytes, int at, int length, CatalogState state) {
    ByteReader in = new ByteReader(bytes, at + HEAD, length - HEAD);
    int kind = in.u8();
    switch (kind) {
      case STATE -> {
        state.counters(in.varint(), in.varint());
        if (in.u8() != 0) {
          state.damage();
        }
        state.apply(readEdit(in));
      }
      case EDIT -> state.apply(readEdit(in));
      case FORGET -> state.forget(readHeads(in));
      default -> throw new MalformedException("record kind " + kind + ", wanted 1 to 3");
    }
    if (in.u8() != END) {
      throw new MalformedException("a record does not end with E5");
    }
    in.expectEnd();
  }

  private static void writeEdit(CatalogEdit edit, ByteWriter out) {
    out.varint(edit.added().size());
    edit.added().forEach(entry -> writeEntry(entry, out));
    out.varint(edit.removed().size());
    edit.removed().forEach(out::varint);
    writeHeads(edit.sealed(), out);
  }

  private static CatalogEdit readEdit(ByteReader in) {
    int addedCount = in.count(11, "number of added segments");
    List<SegmentEntry> added = new ArrayList<>(addedCount);
    for (int i = 0; i < addedCount; i++) {
      added.add(readEntry(in));
    }
    int removedCount = in.count(1, "number of removed segments");
    List<Long> removed = new ArrayList<>(removedCount);
    for (int i = 0; i < removedCount; i++) {
      removed.add(in.varint());
    }
    return new CatalogEdit(added, removed, readHeads(in));
  }

  private static void writeEntry(SegmentEntry entry, ByteWriter out) {
    out.varint(entry.number()).string(entry.tenant()).zigzag(entry.day()).string(entry.key());
    out.varint(entry.bytes()).varint(entry.tailLength());
    out.varint(entry.streams()).varint(entry.entries());
    out.zigzag(entry.minTime()).zigzag(entry.maxTime());
    out.varint(entry.head().isPresent() ? entry.head().getAsLong() + 1 : 0);
  }

  private static SegmentEntry readEntry(ByteReader in) {
    long number = in.varint();
    String tenant = in.string();
    long day = in.zigzag();
    String key = in.string();
    long bytes = in.varint();
    int tail = in.varint(0, Integer.MAX_VALUE, "length of a tail");
    int streams = in.varint(0, Integer.MAX_VALUE, "number of streams");
    long entries = in.varint();
    long min = in.zigzag();
    long max = in.zigzag();
    long head = in.varint();
    return new SegmentEntry(
        number,
        tenant,
        day,
        key,
        bytes,
        tail,
        streams,
        entries,
        min,
        max,
        head == 0 ? OptionalLong.empty() : OptionalLong.of(head - 1));
  }

  private static void writeHeads(Collection<HeadId> heads, ByteWriter out) {
    out.varint(heads.size());
    heads.forEach(head -> out.varint(head.number()));
  }

  private static List<HeadId> readHeads(ByteReader in) {
    int count = in.count(1, "number of heads");
    List<HeadId> heads = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      heads.add(new HeadId(in.varint()));
    }
    return heads;
  }
}
