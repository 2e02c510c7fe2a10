package dev.skald.ruler.template;

import dev.skald.logql.syntax.GoFloat;
import dev.skald.logql.template.ByteText;
import dev.skald.logql.template.FunctionException;
import dev.skald.logql.template.GoInt;
import dev.skald.logql.template.GoPrintf;
import dev.skald.logql.template.GoTime;
import dev.skald.logql.template.GoValue;
import java.time.Instant;
import java.util.List;

/** What functions of numbers take and print. */
final class Numbers {
  private static final double NANOS = 1e9;
  private static final int LONGEST = 4096;

  private Numbers() {}

  /** Returns the number that a value is or spells. */
  static double of(Object value) {
    return switch (value) {
      case Double number -> number;
      case GoInt integer when integer.type() == GoInt.Type.DURATION -> integer.value() / NANOS;
      case GoInt integer -> integer.value();
      case String text -> parse(text);
      case null, default ->
          throw new FunctionException("can't convert " + GoValue.typeName(value) + " to float");
    };
  }

  private static double parse(String text) {
    if (text.length() > LONGEST) {
      throw new FunctionException("a number is longer than " + LONGEST + " bytes");
    }
    try {
      return GoFloat.parse(ByteText.decode(text));
    } catch (NumberFormatException e) {
      throw new FunctionException(ByteText.encode(e.getMessage()));
    }
  }

  static boolean isFinite(double value) {
    return !Double.isNaN(value) && !Double.isInfinite(value);
  }

  /** Prints four significant digits and a unit. */
  static String print(double value, String unit) {
    return GoPrintf.format("%.4g%s", List.of(value, unit));
  }

  /** Returns the time of so many seconds since 1970, to the millisecond, as Prometheus keeps it. */
  static GoTime time(double seconds) {
    double nanos = seconds * NANOS;
    if (!isFinite(nanos) || Math.abs(nanos) >= 0x1p63) {
      throw new FunctionException(GoPrintf.format("value is NaN or Inf: %v", List.of(seconds)));
    }
    return GoTime.utc(Instant.ofEpochMilli((long) nanos / 1_000_000));
  }
}
