package dev.skald.ruler.template;

import static dev.skald.logql.template.Function.Parameter.ANY;
import static dev.skald.logql.template.Function.Parameter.STRING;

import dev.skald.logql.syntax.Durations;
import dev.skald.logql.template.ByteText;
import dev.skald.logql.template.Function;
import dev.skald.logql.template.FunctionException;
import dev.skald.logql.template.GoInt;
import java.util.List;
import java.util.Map;

/** The functions that print numbers for people, and those between numbers, times and durations. */
final class HumanFunctions {
  private static final List<String> LARGE = List.of("k", "M", "G", "T", "P", "E", "Z", "Y");
  private static final List<String> LARGE_BINARY =
      List.of("ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi");
  private static final List<String> SMALL = List.of("m", "u", "n", "p", "f", "a", "z", "y");
  private static final double NANOS = 1e9;

  static final Map<String, Function> FUNCTIONS =
      Map.of(
          "humanize", Function.of(c -> humanize(Numbers.of(c.any(0))), ANY),
          "humanize1024", Function.of(c -> humanize1024(Numbers.of(c.any(0))), ANY),
          "humanizeDuration", Function.of(c -> humanizeDuration(Numbers.of(c.any(0))), ANY),
          "humanizePercentage",
              Function.of(c -> Numbers.print(Numbers.of(c.any(0)) * 100, "%"), ANY),
          "humanizeTimestamp", Function.of(c -> humanizeTimestamp(Numbers.of(c.any(0))), ANY),
          "toTime", Function.of(c -> Numbers.time(Numbers.of(c.any(0))), ANY),
          "toDuration", Function.of(c -> toDuration(Numbers.of(c.any(0))), ANY),
          "parseDuration", Function.of(c -> parseDuration(c.string(0)), STRING));

  private HumanFunctions() {}

  private static String humanize(double value) {
    if (value == 0 || !Numbers.isFinite(value)) {
      return Numbers.print(value, "");
    }
    return Math.abs(value) >= 1 ? large(value, 1000, LARGE) : small(value, "");
  }

  private static String humanize1024(double value) {
    return Math.abs(value) <= 1 || !Numbers.isFinite(value)
        ? Numbers.print(value, "")
        : large(value, 1024, LARGE_BINARY);
  }

  private static String large(double value, double base, List<String> prefixes) {
    double rest = value;
    String prefix = "";
    for (int i = 0; i < prefixes.size() && Math.abs(rest) >= base; i++) {
      prefix = prefixes.get(i);
      rest /= base;
    }
    return Numbers.print(rest, prefix);
  }

  private static String small(double value, String unit) {
    double rest = value;
    String prefix = "";
    for (int i = 0; i < SMALL.size() && Math.abs(rest) < 1; i++) {
      prefix = SMALL.get(i);
      rest *= 1000;
    }
    return Numbers.print(rest, prefix + unit);
  }

  private static String humanizeDuration(double seconds) {
    if (!Numbers.isFinite(seconds)) {
      return Numbers.print(seconds, "");
    }
    if (seconds == 0) {
      return Numbers.print(seconds, "s");
    }
    return Math.abs(seconds) >= 1 ? clock(seconds) : small(seconds, "s");
  }

  private static String clock(double value) {
    String sign = value < 0 ? "-" : "";
    long whole = (long) Math.abs(value);
    long days = whole / 86_400;
    long hours = whole / 3600 % 24;
    long minutes = whole / 60 % 60;
    if (whole < 60) {
      return sign + Numbers.print(Math.abs(value), "s");
    }
    return sign
        + (days > 0 ? days + "d " : "")
        + (days > 0 || hours > 0 ? hours + "h " : "")
        + (minutes + "m ")
        + (whole % 60 + "s");
  }

  private static String humanizeTimestamp(double seconds) {
    return Numbers.isFinite(seconds)
        ? Numbers.time(seconds).toString()
        : Numbers.print(seconds, "");
  }

  private static GoInt toDuration(double seconds) {
    double nanos = seconds * NANOS;
    if (!Numbers.isFinite(nanos) || Math.abs(nanos) >= 0x1p63) {
      throw new FunctionException("the duration is out of range");
    }
    return GoInt.duration((long) nanos);
  }

  private static double parseDuration(String text) {
    return nanos(text) / NANOS;
  }

  /** Returns the nanoseconds of a duration such as {@code 1h30m}. */
  static long nanos(String text) {
    try {
      return Durations.parsePrometheus(ByteText.decode(text));
    } catch (IllegalArgumentException e) {
      throw new FunctionException(ByteText.encode(e.getMessage()));
    }
  }
}
