package dev.skald.logql.template;

import static dev.skald.logql.template.Function.Parameter.ANY;
import static dev.skald.logql.template.Function.Parameter.STRING;
import static java.util.Map.entry;

import dev.skald.logql.GoQuote;
import java.util.List;
import java.util.Map;

/** The functions that every Go template has, comparisons aside. */
final class Builtins {
  /** Evaluates its arguments only up to the first that is empty; the evaluator sees to it. */
  static final Function.Body AND = call -> call.any(call.size() - 1);

  /** Evaluates its arguments only up to the first that is not empty. */
  static final Function.Body OR = call -> call.any(call.size() - 1);

  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("and", Function.variadic(AND, ANY, ANY)),
          entry("or", Function.variadic(OR, ANY, ANY)),
          entry("not", Function.of(call -> !GoValue.isTrue(call.any(0)), ANY)),
          entry("len", Function.of(Builtins::len, ANY)),
          entry("index", Function.variadic(Builtins::index, ANY, ANY)),
          entry("slice", Function.variadic(Builtins::slice, ANY, ANY)),
          entry("call", Function.variadic(Builtins::call, ANY, ANY)),
          entry("print", Function.variadic(call -> GoPrint.sprint(call.from(0)), ANY)),
          entry("println", Function.variadic(call -> GoPrint.sprintln(call.from(0)), ANY)),
          entry(
              "printf",
              Function.variadic(
                  call -> GoPrintf.format(call.string(0), call.from(1)), STRING, ANY)),
          entry("html", Function.variadic(call -> html(joined(call)), ANY)),
          entry("js", Function.variadic(call -> js(joined(call)), ANY)),
          entry("urlquery", Function.variadic(call -> UrlEncoding.encode(joined(call)), ANY)));

  private Builtins() {}

  private static Object len(Call call) {
    Object value = call.any(0);
    int length = GoValue.length(value);
    if (value == null) {
      throw new FunctionException("reflect: call of reflect.Value.Type on zero Value");
    }
    if (length < 0) {
      throw new FunctionException("len of type " + GoValue.typeName(value));
    }
    return GoInt.of(length);
  }

  private static Object index(Call call) {
    Object item = call.any(0);
    if (item == null) {
      throw new FunctionException("index of untyped nil");
    }
    for (Object index : call.from(1)) {
      item =
          switch (item) {
            case String text ->
                new GoInt(text.charAt(place(index, text.length(), "string")), GoInt.Type.BYTE);
            case List<?> list -> GoValue.element(list.get(place(index, list.size(), "slice")));
            case StringMap map -> {
              String found = GoValue.find(map, ByteText.decode(key(index)));
              yield found == null ? "" : found;
            }
            case Map<?, ?> map -> GoValue.element(map.get(key(index)));
            default ->
                throw new FunctionException(
                    item == GoValue.NIL_INTERFACE
                        ? "index of nil pointer"
                        : "can't index item of type " + GoValue.typeName(item));
          };
    }
    return item;
  }

  private static String key(Object index) {
    if (index instanceof String name) {
      return name;
    }
    throw new FunctionException(
        index == null
            ? "value is nil; should be of type string"
            : "value has type " + GoValue.typeName(index) + "; should be string");
  }

  /** The bounds are those of a slice, so that it is Go's reflection that refuses the length. */
  private static int place(Object index, int length, String kind) {
    int place = bound(index, length);
    if (place == length) {
      throw new FunctionException("reflect: " + kind + " index out of range");
    }
    return place;
  }

  private static int bound(Object index, int length) {
    if (!(index instanceof GoInt integer)) {
      throw new FunctionException(
          index == null
              ? "cannot index slice/array with nil"
              : "cannot index slice/array with type " + GoValue.typeName(index));
    }
    if (integer.value() < 0 || integer.value() > length) {
      throw new FunctionException("index out of range: " + integer.value());
    }
    return (int) integer.value();
  }

  private static Object slice(Call call) {
    Object item = call.any(0);
    int count = call.size() - 1;
    if (item == null) {
      throw new FunctionException("slice of untyped nil");
    }
    if (count > 3) {
      throw new FunctionException("too many slice indexes: " + count);
    }
    if (!(item instanceof String) && !(item instanceof List<?>)) {
      throw new FunctionException("can't slice item of type " + GoValue.typeName(item));
    }
    if (item instanceof String && count == 3) {
      throw new FunctionException("cannot 3-index slice a string");
    }
    int length = GoValue.length(item);
    int[] bounds = {0, length, length};
    for (int i = 0; i < count; i++) {
      bounds[i] = bound(call.any(i + 1), length);
    }
    checkOrder(bounds[0], bounds[1]);
    checkOrder(bounds[1], bounds[2]);
    return item instanceof String text
        ? text.substring(bounds[0], bounds[1])
        : ((List<?>) item).subList(bounds[0], bounds[1]);
  }

  private static void checkOrder(int from, int to) {
    if (from > to) {
      throw new FunctionException("invalid slice index: " + from + " > " + to);
    }
  }

  private static Object call(Call call) {
    Object function = call.any(0);
    throw new FunctionException(
        function == null
            ? "call of nil"
            : "non-function " + GoPrint.print(function) + " of type " + GoValue.typeName(function));
  }

  private static String joined(Call call) {
    return call.size() == 1 && call.any(0) == null ? "<no value>" : GoPrint.sprint(call.from(0));
  }

  private static String html(String text) {
    Text out = new Text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case 0 -> out.appendCodePoint(ByteText.REPLACEMENT);
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private static String js(String text) {
    Text out = new Text();
    for (int i = 0; i < text.length(); ) {
      int codePoint = ByteText.codePointAt(text, i);
      int next = i + ByteText.size(codePoint);
      switch (codePoint) {
        case '\\', '\'', '"' -> out.append('\\').append((char) codePoint);
        case '<', '>', '&', '=' -> out.append(String.format("\\u%04X", codePoint));
        case -1 -> out.append(text, i, next);
        default -> {
          if (GoQuote.isPrintable(codePoint)) {
            out.append(text, i, next);
          } else {
            out.append(String.format("\\u%04X", codePoint));
          }
        }
      }
      i = next;
    }
    return out.toString();
  }
}
