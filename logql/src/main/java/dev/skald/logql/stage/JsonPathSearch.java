package dev.skald.logql.stage;

import dev.skald.logql.stage.JsonPath.Field;
import dev.skald.logql.stage.JsonPath.Index;
import dev.skald.logql.stage.JsonPath.Step;
import java.util.Arrays;

/**
 * Finds the value at a path. Damage elsewhere in the text goes unnoticed: the search only looks for
 * a key with a colon at the right depth (logql.md §11.3).
 */
final class JsonPathSearch {
  private final JsonCursor cursor;
  private final Arena arena;

  /**
   * @param cursor points at the value that was found
   * @param arena room for keys with escapes
   */
  JsonPathSearch(JsonCursor cursor, Arena arena) {
    this.cursor = cursor;
    this.arena = arena;
  }

  /**
   * Searches a line. A value that was found but is malformed counts as found; the cursor then holds
   * an error.
   */
  boolean find(byte[] bytes, int from, int to, JsonPath path) {
    cursor.bytes = bytes;
    cursor.end = to;
    cursor.error = null;
    return value(Bytes.skipBlanks(bytes, from, to), path, 0);
  }

  /** Searches the value that begins at a position for the rest of a path. */
  private boolean value(int pos, JsonPath path, int depth) {
    cursor.pos = pos;
    if (depth == path.steps().size()) {
      return readValue();
    }
    if (pos >= cursor.end) {
      return false;
    }
    Step step = path.steps().get(depth);
    return switch (step) {
      case Field field -> cursor.bytes[pos] == '{' && member(pos + 1, field, path, depth);
      case Index index -> cursor.bytes[pos] == '[' && element(pos + 1, index, path, depth);
    };
  }

  private boolean readValue() {
    cursor.readValue();
    return true;
  }

  private boolean member(int start, Field field, JsonPath path, int depth) {
    byte[] bytes = cursor.bytes;
    int i = start;
    while (i < cursor.end && bytes[i] != '}') {
      if (bytes[i] == '"') {
        int close = cursor.stringEnd(i + 1);
        if (close < 0) {
          return false;
        }
        int colon = Bytes.skipBlanks(bytes, close + 1, cursor.end);
        if (colon == cursor.end || bytes[colon] != ':') {
          i = close + 1;
          continue;
        }
        int at = Bytes.skipBlanks(bytes, colon + 1, cursor.end);
        if (isKey(i + 1, close, field) && value(at, path, depth + 1)) {
          return true;
        }
        i = at;
        if (i < cursor.end && bytes[i] == '"') {
          i = afterString(i);
        }
      } else {
        i = bytes[i] == '{' || bytes[i] == '[' ? afterBlock(i) : i + 1;
      }
    }
    return false;
  }

  private int afterString(int open) {
    int close = cursor.stringEnd(open + 1);
    return close < 0 ? cursor.end : close + 1;
  }

  private int afterBlock(int open) {
    boolean object = cursor.bytes[open] == '{';
    int after = cursor.blockEnd(open, (byte) (object ? '{' : '['), (byte) (object ? '}' : ']'));
    return after < 0 ? cursor.end : after;
  }

  private boolean isKey(int from, int to, Field field) {
    byte[] name = field.name();
    if (Bytes.indexOf(cursor.bytes, from, to, (byte) '\\') < 0) {
      return Arrays.equals(cursor.bytes, from, to, name, 0, name.length);
    }
    if (!JsonText.unescape(cursor.bytes, from, to, arena)) {
      return false;
    }
    int start = arena.start();
    return Arrays.equals(arena.bytes(), start, start + arena.length(), name, 0, name.length);
  }

  /** A malformed value below an index counts as absent. */
  private boolean sound(boolean found) {
    boolean sound = found && cursor.error == null;
    cursor.error = null;
    return sound;
  }

  private boolean element(int start, Index index, JsonPath path, int depth) {
    int i = Bytes.skipBlanks(cursor.bytes, start, cursor.end);
    for (int number = 0; i < cursor.end && cursor.bytes[i] != ']'; number++) {
      if (number == index.number()) {
        return sound(value(i, path, depth + 1));
      }
      cursor.pos = i;
      if (!cursor.readValue()) {
        cursor.error = null;
        return false;
      }
      i = Bytes.skipBlanks(cursor.bytes, cursor.pos, cursor.end);
      if (i == cursor.end || cursor.bytes[i] != ',') {
        return false;
      }
      i = Bytes.skipBlanks(cursor.bytes, i + 1, cursor.end);
    }
    return false;
  }
}
