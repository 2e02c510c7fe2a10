package dev.skald.logql.template;

import dev.skald.logql.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is true of every value of a template. A value is one of
 *
 * <ul>
 *   <li>{@code null}, Go's nil;
 *   <li>{@link String}, text as {@link ByteText};
 *   <li>{@link GoInt}, {@link Double}, {@link Boolean}, {@link GoTime};
 *   <li>{@link List} and {@link Map} of such values, the keys text: {@code []interface {}} and
 *       {@code map[string]interface {}};
 *   <li>{@link StringMap}.
 * </ul>
 */
public final class GoValue {
  /** A nil that was found in a collection: unlike {@code null} it has a type. */
  static final Object NIL_INTERFACE =
      new Object() {
        @Override
        public String toString() {
          return "<nil>";
        }
      };

  private GoValue() {}

  static boolean isNil(Object value) {
    return value == null || value == NIL_INTERFACE;
  }

  /** Returns an element of a collection as an expression sees it. */
  static Object element(Object value) {
    return value == null ? NIL_INTERFACE : value;
  }

  /** Returns the name of a value's type as Go prints it. */
  public static String typeName(Object value) {
    return switch (value) {
      case null -> "<nil>";
      case String _ -> "string";
      case GoInt integer -> integer.type().goName();
      case Double _ -> "float64";
      case Boolean _ -> "bool";
      case GoTime _ -> "time.Time";
      case List<?> _ -> "[]interface {}";
      case StringMap _ -> "map[string]string";
      case Map<?, ?> _ -> "map[string]interface {}";
      default -> "interface {}";
    };
  }

  /** Returns whether a condition with this value holds: whether it is not empty, zero or nil. */
  static boolean isTrue(Object value) {
    return switch (value) {
      case null -> false;
      case String text -> !text.isEmpty();
      case GoInt integer -> integer.value() != 0;
      case Double number -> number != 0;
      case Boolean bool -> bool;
      case List<?> list -> !list.isEmpty();
      case StringMap map -> !map.names().isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      default -> value != NIL_INTERFACE;
    };
  }

  /** Returns a text's length in bytes or a collection's size; -1 if the value has none. */
  static int length(Object value) {
    return switch (value) {
      case String text -> text.length();
      case List<?> list -> list.size();
      case StringMap map -> map.names().size();
      case Map<?, ?> map -> map.size();
      case null, default -> -1;
    };
  }

  /** Returns the value that a map has for a name; null if there is none. */
  static String find(StringMap map, String name) {
    Slice slice = new Slice();
    return map.find(name, slice) ? text(slice) : null;
  }

  static String text(Slice slice) {
    return new String(slice.bytes, slice.offset, slice.length, StandardCharsets.ISO_8859_1);
  }

  /** Returns the keys and values of a map of either kind, in order of the keys. */
  static List<Map.Entry<String, Object>> entries(Object map) {
    TreeMap<String, Object> sorted = new TreeMap<>();
    if (map instanceof StringMap strings) {
      for (String name : strings.names()) {
        String value = find(strings, name);
        sorted.put(ByteText.encode(name), value == null ? "" : value);
      }
    } else if (map instanceof Map<?, ?> any) {
      any.forEach((key, value) -> sorted.put((String) key, value));
    }
    return new ArrayList<>(sorted.entrySet());
  }
}
