package dev.skald.logql.stage;

import dev.skald.logql.batch.Stride;
import dev.skald.logql.stage.JsonCursor.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which keys of a JSON line lead to the labels that {@code | json} makes of it. Not safe for
 * use by several threads.
 */
public final class JsonPaths {
  private static final int MEMBERS_A_PAUSE = 1 << 12;

  private final JsonCursor cursor = new JsonCursor();
  private final Arena arena = new Arena();
  private final Stride work;
  private Map<String, List<String>> paths;

  /**
   * @param pause runs now and then while a line is read; what it throws ends that
   */
  public JsonPaths(Runnable pause) {
    this.work = new Stride(pause, MEMBERS_A_PAUSE);
  }

  /**
   * Returns the keys by label, without the {@code _extracted} that a label gets whose stream has
   * the same; what stands behind a malformed place is missing.
   */
  public Map<String, List<String>> of(byte[] line) {
    paths = new LinkedHashMap<>();
    arena.reset();
    if (cursor.enter(line, 0, line.length)) {
      members(Bytes.EMPTY, List.of());
    }
    return paths;
  }

  private boolean members(byte[] parent, List<String> parentKeys) {
    while (cursor.next()) {
      work.step();
      byte[] key = key();
      if (key == null) {
        return false;
      }
      byte[] name = KeyText.sanitise(key, parent.length == 0);
      byte[] path = KeyText.join(parent, name);
      List<String> keys = new ArrayList<>(parentKeys);
      keys.add(text(key));
      if (cursor.kind == Kind.OBJECT) {
        if (keys.size() <= JsonStage.DEEPEST && !object(path, keys)) {
          return false;
        }
      } else if (makesLabel(name, path, parentKeys)) {
        paths.putIfAbsent(text(path), List.copyOf(keys));
      }
    }
    return cursor.error == null;
  }

  private boolean makesLabel(byte[] name, byte[] path, List<String> parentKeys) {
    boolean blank = path.length == 0 || name.length == 0 && parentKeys.isEmpty();
    return !blank && cursor.kind != Kind.NULL && cursor.kind != Kind.ARRAY;
  }

  private boolean object(byte[] path, List<String> keys) {
    int outerPos = cursor.pos;
    int outerEnd = cursor.end;
    cursor.enter(cursor.bytes, cursor.valueStart, cursor.valueEnd);
    boolean whole = members(path, keys);
    cursor.leaveTo(outerPos, outerEnd);
    return whole;
  }

  private byte[] key() {
    if (!cursor.keyEscaped) {
      return Arrays.copyOfRange(cursor.bytes, cursor.keyStart, cursor.keyEnd);
    }
    if (!JsonText.unescape(cursor.bytes, cursor.keyStart, cursor.keyEnd, arena)) {
      return null;
    }
    return Arrays.copyOfRange(arena.bytes(), arena.start(), arena.start() + arena.length());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
