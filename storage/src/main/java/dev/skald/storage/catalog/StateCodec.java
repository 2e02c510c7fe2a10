package dev.skald.storage.catalog;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The payload of a checkpoint: all that the edits up to one come to. */
final class StateCodec {
  private static final long MOST_HEADS = (1L << 62) + 1;

  private StateCodec() {}

  static byte[] encode(CatalogState state) {
    CatalogSnapshot snapshot = state.snapshot();
    ByteWriter out = new ByteWriter(1 << 12);
    out.varint(state.blocksEnd()).u8(state.damaged() ? 1 : 0);
    writeSegments(snapshot, out);
    out.varint(snapshot.garbage().size());
    snapshot.garbage().forEach(garbage -> ElementCodec.garbage(garbage, out));
    out.varint(snapshot.deleteRequests().size());
    snapshot.deleteRequests().forEach(request -> ElementCodec.request(request, out));
    out.varint(state.logs().size());
    state.logs().forEach((id, log) -> writeLog(id, log, out));
    return out.toByteArray();
  }

  /** Those of a tenant keep their order, which is that of arrival. */
  private static void writeSegments(CatalogSnapshot snapshot, ByteWriter out) {
    List<SegmentEntry> segments =
        snapshot.tenants().stream()
            .sorted()
            .map(snapshot::segments)
            .flatMap(Collection::stream)
            .toList();
    out.varint(segments.size());
    segments.forEach(entry -> ElementCodec.segment(entry, out));
  }

  private static void writeLog(LogId id, CatalogState.Log log, ByteWriter out) {
    ElementCodec.log(id, out);
    out.varint(log.nextHead).varint(log.sealed.size());
    log.sealed.forEach(head -> out.varint(head.number()));
  }

  /**
   * @param number of the last edit that it holds
   */
  static CatalogState decode(long number, ByteReader in) {
    CatalogState state = new CatalogState();
    long blocksEnd = below(in.varint(), 2 * SegmentEntry.END_OF_NUMBERS, "end of the numbers");
    boolean damaged = in.u8() != 0;
    CatalogEdit.Builder things = CatalogEdit.builder();
    readSegments(in, things);
    readGarbage(in, things);
    int requests = in.count(ElementCodec.LEAST_REQUEST, "number of delete requests");
    for (int i = 0; i < requests; i++) {
      things.put(ElementCodec.request(in));
    }
    state.apply(number, things.build());
    int logs = in.count(ElementCodec.LOG_BYTES + 2, "number of logs");
    for (int i = 0; i < logs; i++) {
      readLog(in, state.logs());
    }
    in.expectEnd();
    state.restore(number, blocksEnd, damaged);
    state.endReplay();
    return state;
  }

  private static void readSegments(ByteReader in, CatalogEdit.Builder things) {
    int segments = in.count(ElementCodec.LEAST_SEGMENT, "number of segments");
    for (int i = 0; i < segments; i++) {
      things.add(ElementCodec.segment(in));
    }
  }

  private static void readGarbage(ByteReader in, CatalogEdit.Builder things) {
    int garbage = in.count(ElementCodec.LEAST_GARBAGE, "number of objects to delete");
    for (int i = 0; i < garbage; i++) {
      things.garbage(ElementCodec.garbage(in));
    }
  }

  private static void readLog(ByteReader in, Map<LogId, CatalogState.Log> logs) {
    LogId id = ElementCodec.log(in);
    CatalogState.Log log = new CatalogState.Log();
    log.nextHead = below(in.varint(), MOST_HEADS, "next head number");
    int heads = in.count(1, "number of heads");
    for (int i = 0; i < heads; i++) {
      log.sealed.add(new HeadId(in.varint()));
    }
    logs.put(id, log);
  }

  private static long below(long value, long end, String what) {
    if (value < 0 || value >= end) {
      throw new MalformedException(what + " is " + value + ", wanted less than " + end);
    }
    return value;
  }
}
