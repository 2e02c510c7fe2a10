package dev.skald.logql.stage;

import dev.skald.logql.stage.JsonCursor.Kind;
import dev.skald.logql.stage.KeyTable.Key;

/** {@code | json}: every member of the line's object becomes a label (logql.md §11.2). */
final class JsonStage implements Stage {
  static final int DEEPEST = 500;

  /** What a member costs beside its bytes, which count once for the stage. */
  private static final int MEMBER_WORK = 32;

  private enum Outcome {
    DONE,
    FAILED,
    REJECTED
  }

  private final LabelStore labels;
  private final KeyTable keys;
  private final JsonCursor cursor = new JsonCursor();
  private final ExtractedValue value = new ExtractedValue();

  JsonStage(LabelStore labels) {
    this.labels = labels;
    this.keys = new KeyTable(labels);
  }

  @Override
  public boolean process(Row row) {
    if (labels.complete()) {
      return true;
    }
    Key root = keys.root();
    Outcome outcome =
        cursor.enter(row.line.bytes, row.line.offset, row.line.end())
            ? members(row, root, 0)
            : Outcome.FAILED;
    if (outcome == Outcome.FAILED) {
      labels.parserError(EntryError.JSON_PARSER, cursor.error);
    }
    return outcome != Outcome.REJECTED;
  }

  private Outcome members(Row row, Key parent, int depth) {
    while (cursor.next()) {
      row.work(MEMBER_WORK);
      Key key = key(row, parent);
      if (key == null) {
        cursor.error = JsonCursor.INVALID_ESCAPE;
        return Outcome.FAILED;
      }
      Outcome outcome = cursor.kind == Kind.OBJECT ? object(row, key, depth) : scalar(row, key);
      if (outcome != Outcome.DONE || labels.complete()) {
        return outcome;
      }
    }
    return cursor.error == null ? Outcome.DONE : Outcome.FAILED;
  }

  private Key key(Row row, Key parent) {
    if (!cursor.keyEscaped) {
      return keys.key(parent, cursor.bytes, cursor.keyStart, cursor.keyEnd);
    }
    Arena arena = row.arena;
    if (!JsonText.unescape(cursor.bytes, cursor.keyStart, cursor.keyEnd, arena)) {
      return null;
    }
    return keys.key(parent, arena.bytes(), arena.start(), arena.start() + arena.length());
  }

  private Outcome object(Row row, Key key, int depth) {
    if (depth == DEEPEST || !key.leadsToRequired) {
      return Outcome.DONE;
    }
    int outerPos = cursor.pos;
    int outerEnd = cursor.end;
    cursor.enter(cursor.bytes, cursor.valueStart, cursor.valueEnd);
    Outcome outcome = members(row, key, depth + 1);
    cursor.leaveTo(outerPos, outerEnd);
    return outcome;
  }

  private Outcome scalar(Row row, Key key) {
    if (key.slot == null || cursor.kind == Kind.NULL || cursor.kind == Kind.ARRAY) {
      return Outcome.DONE;
    }
    LabelSlot slot = labels.wanted(key.slot);
    if (slot == null) {
      return Outcome.DONE;
    }
    if (cursor.kind == Kind.STRING) {
      value.setJsonString(
          cursor.bytes, cursor.valueStart, cursor.valueEnd, cursor.valueEscaped, row.arena);
    } else {
      value.set(cursor.bytes, cursor.valueStart, cursor.valueEnd);
    }
    value.store(labels, slot);
    return slot.earlyTest == null || slot.earlyTest.test(row) ? Outcome.DONE : Outcome.REJECTED;
  }
}
