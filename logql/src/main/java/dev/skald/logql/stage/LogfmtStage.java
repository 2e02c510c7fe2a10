package dev.skald.logql.stage;

import dev.skald.logql.stage.KeyTable.Key;

/** {@code | logfmt}: every pair of the line becomes a label (logql.md §11.4). */
final class LogfmtStage implements Stage {
  /** What a pair costs beside its bytes, which count once for the stage. */
  private static final int PAIR_WORK = 32;

  private final LabelStore labels;
  private final KeyTable keys;
  private final LogfmtCursor cursor;
  private final boolean keepEmpty;
  private final LabelSlot errorSlot;
  private final ExtractedValue value = new ExtractedValue();

  LogfmtStage(LabelStore labels, boolean strict, boolean keepEmpty) {
    this.labels = labels;
    this.keys = new KeyTable(labels);
    this.cursor = new LogfmtCursor(strict);
    this.keepEmpty = keepEmpty;
    this.errorSlot = labels.slot(EntryError.NAME);
  }

  @Override
  public boolean process(Row row) {
    if (labels.complete()) {
      return true;
    }
    Key root = keys.root();
    cursor.enter(row.line.bytes, row.line.offset, row.line.end());
    while (cursor.next()) {
      row.work(PAIR_WORK);
      Key key = keys.key(root, cursor.bytes, cursor.keyStart, cursor.keyEnd);
      if (!store(row, key)) {
        return false;
      }
      if (labels.complete()) {
        return true;
      }
    }
    return cursor.error() == null || failed(row);
  }

  /** Returns false if the entry is to be dropped. */
  private boolean store(Row row, Key key) {
    if (key.slot == null || !keepEmpty && cursor.valueStart == cursor.valueEnd) {
      return true;
    }
    LabelSlot slot = labels.wanted(key.slot);
    if (slot == null) {
      return true;
    }
    value.setLogfmt(cursor, row.arena);
    value.store(labels, slot);
    return slot.earlyTest == null || slot.earlyTest.test(row);
  }

  private boolean failed(Row row) {
    labels.parserError(EntryError.LOGFMT_PARSER, Bytes.utf8(cursor.error()));
    return errorSlot.earlyTest == null || errorSlot.earlyTest.test(row);
  }
}
