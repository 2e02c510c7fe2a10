package dev.skald.storage.catalog;

import dev.skald.storage.bytes.ByteReader;
import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.MalformedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The payload of an edit: who made it and when, and its changes, each after its kind. */
final class EditCodec {
  private static final int ADDED = 1;
  private static final int REMOVED = 2;
  private static final int SWEPT = 3;
  private static final int SEALED = 4;
  private static final int FORGOTTEN = 5;
  private static final int REQUEST_PUT = 6;
  private static final int REQUEST_DROPPED = 7;
  private static final int TAKEN_OVER = 8;
  private static final int DAMAGED = 9;

  private EditCodec() {}

  /** An edit as it was made. */
  record Signed(Writer writer, Instant made, CatalogEdit edit) {}

  /**
   * A process that writes.
   *
   * @param session random, as two processes may have copies of one log
   */
  record Writer(LogId log, long session) {}

  static byte[] encode(Signed signed) {
    ByteWriter out = new ByteWriter();
    ElementCodec.log(signed.writer.log, out);
    out.u64(signed.writer.session).zigzag(signed.made.toEpochMilli());
    out.varint(signed.edit.changes().size());
    signed.edit.changes().forEach(change -> write(change, out));
    return out.toByteArray();
  }

  static Signed decode(ByteReader in) {
    Writer writer = new Writer(ElementCodec.log(in), in.u64());
    Instant made = Instant.ofEpochMilli(in.zigzag());
    int count = in.count(1, "number of changes");
    List<CatalogChange> changes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      changes.add(read(in));
    }
    in.expectEnd();
    return new Signed(writer, made, new CatalogEdit(changes));
  }

  private static void write(CatalogChange change, ByteWriter out) {
    switch (change) {
      case CatalogChange.Added added -> ElementCodec.segment(added.segment(), out.u8(ADDED));
      case CatalogChange.Removed removed ->
          ElementCodec.garbage(removed.garbage(), out.u8(REMOVED).varint(removed.number()));
      case CatalogChange.Swept swept -> out.u8(SWEPT).string(swept.key());
      case CatalogChange.Sealed sealed -> head(sealed.log(), sealed.head(), out.u8(SEALED));
      case CatalogChange.Forgotten forgotten ->
          head(forgotten.log(), forgotten.head(), out.u8(FORGOTTEN));
      case CatalogChange.RequestPut put -> ElementCodec.request(put.request(), out.u8(REQUEST_PUT));
      case CatalogChange.RequestDropped dropped ->
          out.u8(REQUEST_DROPPED).string(dropped.tenant()).string(dropped.id());
      case CatalogChange.TakenOver taken -> ElementCodec.log(taken.log(), out.u8(TAKEN_OVER));
      case CatalogChange.Damaged ignored -> out.u8(DAMAGED);
    }
  }

  private static void head(LogId log, HeadId head, ByteWriter out) {
    ElementCodec.log(log, out);
    out.varint(head.number());
  }

  private static CatalogChange read(ByteReader in) {
    int kind = in.u8();
    return switch (kind) {
      case ADDED -> new CatalogChange.Added(ElementCodec.segment(in));
      case REMOVED -> new CatalogChange.Removed(in.varint(), ElementCodec.garbage(in));
      case SWEPT -> new CatalogChange.Swept(in.string());
      case SEALED -> new CatalogChange.Sealed(ElementCodec.log(in), new HeadId(in.varint()));
      case FORGOTTEN -> new CatalogChange.Forgotten(ElementCodec.log(in), new HeadId(in.varint()));
      case REQUEST_PUT -> new CatalogChange.RequestPut(ElementCodec.request(in));
      case REQUEST_DROPPED -> new CatalogChange.RequestDropped(in.string(), in.string());
      case TAKEN_OVER -> new CatalogChange.TakenOver(ElementCodec.log(in));
      case DAMAGED -> new CatalogChange.Damaged();
      default -> throw new MalformedException("change of kind " + kind + ", wanted 1 to 9");
    };
  }
}
