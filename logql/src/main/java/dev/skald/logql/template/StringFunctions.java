package dev.skald.logql.template;

import static dev.skald.logql.template.Function.Parameter.ANY;
import static dev.skald.logql.template.Function.Parameter.INT;
import static dev.skald.logql.template.Function.Parameter.STRING;
import static java.util.Map.entry;

import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** The functions that change and test texts. */
final class StringFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("ToLower", Function.of(StringFunctions::lower, STRING)),
          entry("lower", Function.of(StringFunctions::lower, STRING)),
          entry("ToUpper", Function.of(StringFunctions::upper, STRING)),
          entry("upper", Function.of(StringFunctions::upper, STRING)),
          entry("title", Function.of(call -> title(call.string(0)), STRING)),
          entry(
              "Replace",
              Function.of(
                  c -> replace(c.string(0), c.string(1), c.string(2), c.integer(3)),
                  STRING,
                  STRING,
                  STRING,
                  INT)),
          entry(
              "replace",
              Function.of(
                  c -> replace(c.string(2), c.string(0), c.string(1), -1), STRING, STRING, STRING)),
          entry("Trim", both(c -> trim(c.string(0), in(c.string(1)), true, true))),
          entry("TrimLeft", both(c -> trim(c.string(0), in(c.string(1)), true, false))),
          entry("TrimRight", both(c -> trim(c.string(0), in(c.string(1)), false, true))),
          entry("trimAll", both(c -> trim(c.string(1), in(c.string(0)), true, true))),
          entry("TrimPrefix", both(c -> trimPrefix(c.string(0), c.string(1)))),
          entry("trimPrefix", both(c -> trimPrefix(c.string(1), c.string(0)))),
          entry("TrimSuffix", both(c -> trimSuffix(c.string(0), c.string(1)))),
          entry("trimSuffix", both(c -> trimSuffix(c.string(1), c.string(0)))),
          entry("TrimSpace", Function.of(StringFunctions::trimSpace, STRING)),
          entry("trim", Function.of(StringFunctions::trimSpace, STRING)),
          entry("contains", both(c -> c.string(1).contains(c.string(0)))),
          entry("hasPrefix", both(c -> c.string(1).startsWith(c.string(0)))),
          entry("hasSuffix", both(c -> c.string(1).endsWith(c.string(0)))),
          entry("indent", Function.of(c -> indent(c.integer(0), "", c.string(1)), INT, STRING)),
          entry("nindent", Function.of(c -> indent(c.integer(0), "\n", c.string(1)), INT, STRING)),
          entry("repeat", Function.of(c -> repeat(c.integer(0), c.string(1)), INT, STRING)),
          entry("trunc", Function.of(c -> trunc(c.integer(0), c.string(1)), INT, STRING)),
          entry(
              "substr",
              Function.of(c -> substr(c.integer(0), c.integer(1), c.string(2)), INT, INT, STRING)),
          entry("alignLeft", Function.of(c -> align(c.integer(0), c.string(1), true), INT, STRING)),
          entry(
              "alignRight", Function.of(c -> align(c.integer(0), c.string(1), false), INT, STRING)),
          entry("default", Function.variadic(StringFunctions::orDefault, ANY, ANY)));

  private StringFunctions() {}

  private static Function both(Function.Body body) {
    return Function.of(body, STRING, STRING);
  }

  private static Object lower(Call call) {
    return mapped(call.string(0), Character::toLowerCase);
  }

  private static Object upper(Call call) {
    return mapped(call.string(0), Character::toUpperCase);
  }

  private static String mapped(String text, IntUnaryOperator mapping) {
    Text out = new Text();
    for (int i = 0; i < text.length(); ) {
      int codePoint = ByteText.codePointAt(text, i);
      out.appendCodePoint(codePoint < 0 ? -1 : mapping.applyAsInt(codePoint));
      i += ByteText.size(codePoint);
    }
    return out.toString();
  }

  private static String title(String text) {
    boolean[] wordStarts = {true};
    return mapped(
        text,
        codePoint -> {
          boolean starts = wordStarts[0];
          wordStarts[0] = isSeparator(codePoint);
          return starts ? Character.toTitleCase(codePoint) : codePoint;
        });
  }

  private static boolean isSeparator(int codePoint) {
    boolean word =
        codePoint == '_' || Character.isLetter(codePoint) || Character.isDigit(codePoint);
    return !word && (codePoint < 0x80 || ByteText.isSpace(codePoint));
  }

  /** Replaces up to some occurrences; an empty text occurs between all code points. */
  private static String replace(String text, String old, String replacement, long most) {
    Text out = new Text();
    int copied = 0;
    int at = 0;
    for (long n = 0; most < 0 || n < most; n++) {
      if (old.isEmpty() && n > 0) {
        if (at >= text.length()) {
          break;
        }
        at += ByteText.size(ByteText.codePointAt(text, at));
      } else {
        at = text.indexOf(old, at);
      }
      if (at < 0) {
        break;
      }
      out.append(text, copied, at).append(replacement);
      at += old.length();
      copied = at;
    }
    return out.append(text, copied, text.length()).toString();
  }

  private static String trimSpace(Call call) {
    return trim(call.string(0), ByteText::isSpace, true, true);
  }

  private static IntPredicate in(String cutset) {
    int[] codePoints = ByteText.codePoints(cutset);
    return codePoint -> {
      for (int candidate : codePoints) {
        if (candidate == codePoint) {
          return true;
        }
      }
      return false;
    };
  }

  private static String trim(String text, IntPredicate cut, boolean left, boolean right) {
    int from = 0;
    while (left && from < text.length() && cut.test(codePointAt(text, from))) {
      from += ByteText.size(ByteText.codePointAt(text, from));
    }
    int to = text.length();
    while (right && to > from) {
      int last = lastCodePoint(text, from, to);
      if (!cut.test(codePointAt(text, last))) {
        break;
      }
      to = last;
    }
    return text.substring(from, to);
  }

  private static int codePointAt(String text, int at) {
    int codePoint = ByteText.codePointAt(text, at);
    return codePoint < 0 ? ByteText.REPLACEMENT : codePoint;
  }

  /** Returns where the last code point before a place begins. */
  private static int lastCodePoint(String text, int from, int to) {
    for (int start = to - 1; start >= Math.max(from, to - 4); start--) {
      int codePoint = ByteText.codePointAt(text, start);
      if (codePoint >= 0) {
        return start + ByteText.size(codePoint) == to ? start : to - 1;
      }
    }
    return to - 1;
  }

  private static String trimPrefix(String text, String prefix) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String trimSuffix(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  private static String indent(long count, String before, String text) {
    String blanks = repeat(count, " ");
    return before + blanks + replace(text, "\n", "\n" + blanks, -1);
  }

  private static String repeat(long count, String text) {
    if (count < 0) {
      throw new FunctionException("strings: negative Repeat count");
    }
    if (text.isEmpty()) {
      return "";
    }
    Text.checkLength(count > Text.LIMIT ? count : count * text.length());
    return text.repeat((int) count);
  }

  private static String trunc(long count, String text) {
    if (count >= 0) {
      return count < text.length() ? text.substring(0, (int) count) : text;
    }
    long start = text.length() + count;
    return start > 0 ? text.substring((int) start) : text;
  }

  private static String substr(long start, long end, String text) {
    int length = text.length();
    if (start < 0) {
      if (end < 0) {
        throw outOfRange("[:" + end + "]");
      }
      if (end > length) {
        throw outOfRange("[:" + end + "] with length " + length);
      }
      return text.substring(0, (int) end);
    }
    long to = end < 0 || end > length ? length : end;
    if (start > to) {
      throw outOfRange("[" + start + ":" + to + "]");
    }
    return text.substring((int) start, (int) to);
  }

  private static FunctionException outOfRange(String bounds) {
    return new FunctionException("runtime error: slice bounds out of range " + bounds);
  }

  private static String align(long count, String text, boolean left) {
    int[] codePoints = ByteText.codePoints(text);
    if (count < 0 || count == codePoints.length) {
      return text;
    }
    long missing = count - codePoints.length;
    if (missing > 0) {
      String blanks = repeat(missing, " ");
      return left ? text + blanks : blanks + text;
    }
    int start = left ? 0 : (int) -missing;
    return ByteText.encode(new String(codePoints, start, (int) count));
  }

  private static Object orDefault(Call call) {
    boolean given = call.size() > 1 && GoValue.isTrue(call.any(1));
    return given ? call.any(1) : call.any(0);
  }
}
