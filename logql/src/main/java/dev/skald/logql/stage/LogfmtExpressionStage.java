package dev.skald.logql.stage;

import dev.skald.logql.stage.KeyTable.Key;
import dev.skald.logql.syntax.StageExpr.Extraction;
import java.util.List;

/**
 * {@code | logfmt label="key"}: some pairs of the line become labels (logql.md §11.5). A label
 * whose key is absent is there all the same, and empty.
 */
final class LogfmtExpressionStage implements Stage {
  private static final byte[] EMPTY = Bytes.EMPTY;

  private final LabelStore labels;
  private final KeyTable keys;
  private final LogfmtCursor cursor;
  private final ExtractedValue value = new ExtractedValue();

  private final LabelSlot[] targets;
  private final LabelSlot[] sources;
  private final boolean[] hit;

  LogfmtExpressionStage(LabelStore labels, boolean strict, List<Extraction> extractions) {
    this.labels = labels;
    this.keys = new KeyTable(labels);
    this.cursor = new LogfmtCursor(strict);
    this.targets = new LabelSlot[extractions.size()];
    this.sources = new LabelSlot[targets.length];
    this.hit = new boolean[targets.length];
    for (int i = 0; i < targets.length; i++) {
      Extraction extraction = extractions.get(i);
      sources[i] = labels.slot(LogfmtPath.parse(extraction.path()));
      targets[i] = labels.slot(extraction.label());
    }
  }

  @Override
  public boolean process(Row row) {
    if (labels.complete()) {
      return true;
    }
    for (int i = 0; i < targets.length; i++) {
      hit[i] = false;
      if (labels.freeSlot(targets[i]) == targets[i]) {
        labels.set(targets[i], EMPTY, 0, 0);
      }
    }
    Key root = keys.root();
    cursor.enter(row.line.bytes, row.line.offset, row.line.end());
    while (cursor.next()) {
      LabelSlot key = keys.key(root, cursor.bytes, cursor.keyStart, cursor.keyEnd).slot;
      int target = target(key);
      if (target >= 0) {
        store(row, target);
        if (labels.complete() && allRequiredHit()) {
          break;
        }
      }
    }
    if (cursor.error() != null) {
      labels.parserError(EntryError.LOGFMT_PARSER, Bytes.utf8(cursor.error()));
    }
    return true;
  }

  /** Returns which label a key of the line is meant for, or -1. */
  private int target(LabelSlot key) {
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] == key) {
        return i;
      }
    }
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] == key) {
        return i;
      }
    }
    return -1;
  }

  /** The last pair of a key wins, unless all that is needed was there before it (§8.6). */
  private void store(Row row, int target) {
    hit[target] = true;
    value.setLogfmtOrEmpty(cursor, row.arena);
    value.store(labels, labels.freeSlot(targets[target]));
  }

  private boolean allRequiredHit() {
    for (int i = 0; i < targets.length; i++) {
      if (targets[i].required && !hit[i]) {
        return false;
      }
    }
    return true;
  }
}
