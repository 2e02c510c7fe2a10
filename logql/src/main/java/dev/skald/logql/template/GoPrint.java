package dev.skald.logql.template;

import java.util.List;
import java.util.Map;

/** Prints values as Go's {@code fmt.Sprint} and {@code %v} do. */
final class GoPrint {
  private GoPrint() {}

  /** Prints the values with blanks between two that are both no text. */
  static String sprint(List<Object> values) {
    Text out = new Text();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (i > 0 && !(value instanceof String) && !(values.get(i - 1) instanceof String)) {
        out.append(' ');
      }
      append(out, value);
    }
    return out.toString();
  }

  /** Prints the values with blanks between them, and a newline. */
  static String sprintln(List<Object> values) {
    Text out = new Text();
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(' ');
      }
      append(out, values.get(i));
    }
    return out.append('\n').toString();
  }

  static String print(Object value) {
    if (value instanceof String text) {
      return text;
    }
    Text out = new Text();
    append(out, value);
    return out.toString();
  }

  static void append(Text out, Object value) {
    switch (value) {
      case null -> out.append("<nil>");
      case String text -> out.append(text);
      case Double number -> out.append(FloatFormat.format(number));
      case List<?> list -> appendList(out, list);
      case StringMap map -> appendMap(out, map);
      case Map<?, ?> map -> appendMap(out, map);
      default -> out.append(value.toString());
    }
  }

  private static void appendList(Text out, List<?> list) {
    out.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        out.append(' ');
      }
      append(out, list.get(i));
    }
    out.append(']');
  }

  private static void appendMap(Text out, Object map) {
    out.append("map[");
    boolean first = true;
    for (Map.Entry<String, Object> entry : GoValue.entries(map)) {
      if (!first) {
        out.append(' ');
      }
      first = false;
      out.append(entry.getKey()).append(':');
      append(out, entry.getValue());
    }
    out.append(']');
  }
}
