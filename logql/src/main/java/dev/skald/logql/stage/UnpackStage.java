package dev.skald.logql.stage;

import dev.skald.logql.batch.Slice;
import dev.skald.logql.stage.JsonCursor.Kind;
import java.util.Arrays;

/**
 * {@code | unpack}: undoes Promtail's {@code pack}; the strings of the line's object become labels,
 * {@code _entry} the line (logql.md §11.8).
 */
final class UnpackStage implements Stage {
  private static final byte[] NOT_AN_OBJECT = Bytes.utf8("expecting json object(6), but it is not");
  private static final byte[] ENTRY = Bytes.utf8("_entry");

  private final LabelStore labels;
  private final KeyTable keys;
  private final JsonCursor cursor = new JsonCursor();
  private final ExtractedValue value = new ExtractedValue();
  private final Slice entry = new Slice();
  private boolean hasEntry;

  private LabelSlot[] names = new LabelSlot[16];
  private Slice[] values = new Slice[16];
  private int count;

  UnpackStage(LabelStore labels) {
    this.labels = labels;
    this.keys = new KeyTable(labels);
  }

  @Override
  public boolean process(Row row) {
    Slice line = row.line;
    if (line.length == 0 || labels.complete()) {
      return true;
    }
    if (line.bytes[line.offset] != '{') {
      labels.parserError(EntryError.JSON_PARSER, NOT_AN_OBJECT);
      return true;
    }
    if (!collect(row)) {
      labels.parserError(EntryError.JSON_PARSER, cursor.error);
      return true;
    }
    return !hasEntry || store(row);
  }

  /** Takes the strings of the object aside; false on an error. */
  private boolean collect(Row row) {
    count = 0;
    hasEntry = false;
    KeyTable.Key root = keys.root();
    cursor.enter(row.line.bytes, row.line.offset, row.line.end());
    while (cursor.next()) {
      if (cursor.kind == Kind.STRING && !member(row, root)) {
        cursor.error = JsonCursor.INVALID_ESCAPE;
      }
      if (cursor.error != null) {
        return false;
      }
    }
    return cursor.error == null;
  }

  private boolean member(Row row, KeyTable.Key root) {
    byte[] keyBytes = cursor.bytes;
    int keyFrom = cursor.keyStart;
    int keyTo = cursor.keyEnd;
    if (cursor.keyEscaped) {
      if (!JsonText.unescape(keyBytes, keyFrom, keyTo, row.arena)) {
        return false;
      }
      keyBytes = row.arena.bytes();
      keyFrom = row.arena.start();
      keyTo = keyFrom + row.arena.length();
    }
    if (Arrays.equals(keyBytes, keyFrom, keyTo, ENTRY, 0, ENTRY.length)) {
      return entry(row);
    }
    LabelSlot name = name(keys.key(root, keyBytes, keyFrom, keyTo));
    if (name != null) {
      value.setJsonString(
          cursor.bytes, cursor.valueStart, cursor.valueEnd, cursor.valueEscaped, row.arena);
      remember(name);
    }
    return true;
  }

  /**
   * Returns the label that a member becomes, or null. Whether the name is taken is asked of the key
   * as it stands in the line.
   */
  private LabelSlot name(KeyTable.Key key) {
    if (key.slot == null) {
      return null;
    }
    return key.verbatim ? labels.wanted(key.slot) : labels.stillWanted(key.slot);
  }

  private boolean entry(Row row) {
    hasEntry = true;
    if (!cursor.valueEscaped) {
      entry.set(cursor.bytes, cursor.valueStart, cursor.valueEnd - cursor.valueStart);
      return true;
    }
    if (!JsonText.unescape(cursor.bytes, cursor.valueStart, cursor.valueEnd, row.arena)) {
      return false;
    }
    entry.set(row.arena.bytes(), row.arena.start(), row.arena.length());
    return true;
  }

  /** A name that stands twice in the object ends with its last value. */
  private void remember(LabelSlot name) {
    int index = 0;
    while (index < count && names[index] != name) {
      index++;
    }
    if (index == count) {
      if (count == names.length) {
        names = Arrays.copyOf(names, 2 * count);
        values = Arrays.copyOf(values, 2 * count);
      }
      names[count++] = name;
      values[index] = values[index] == null ? new Slice() : values[index];
    }
    values[index].set(value.bytes, value.offset, value.length);
  }

  private boolean store(Row row) {
    for (int i = 0; i < count; i++) {
      LabelSlot slot = names[i];
      labels.set(slot, values[i].bytes, values[i].offset, values[i].length);
      if (slot.earlyTest != null && !slot.earlyTest.test(row)) {
        return false;
      }
    }
    row.line.set(entry.bytes, entry.offset, entry.length);
    return true;
  }
}
