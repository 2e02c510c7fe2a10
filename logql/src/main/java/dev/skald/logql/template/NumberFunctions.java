package dev.skald.logql.template;

import static dev.skald.logql.template.Function.Parameter.ANY;
import static dev.skald.logql.template.Function.Parameter.FLOAT;
import static dev.skald.logql.template.Function.Parameter.INT;
import static dev.skald.logql.template.Function.Parameter.STRING;
import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/** The functions that reckon with integers and with floating point, decimals aside. */
final class NumberFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("int", Function.of(call -> GoInt.of(toLong(call.any(0))), ANY)),
          entry("float64", Function.of(call -> toDouble(call.any(0)), ANY)),
          entry("add", Function.variadic(call -> fold(call.from(0), 0, Long::sum), ANY)),
          entry("mul", Function.variadic(call -> folded(call, (a, b) -> a * b), ANY, ANY)),
          entry("sub", Function.of(call -> folded(call, (a, b) -> a - b), ANY, ANY)),
          entry("div", Function.of(call -> folded(call, NumberFunctions::div), ANY, ANY)),
          entry("mod", Function.of(call -> folded(call, NumberFunctions::mod), ANY, ANY)),
          entry("max", Function.variadic(call -> folded(call, Math::max), ANY, ANY)),
          entry("min", Function.variadic(call -> folded(call, Math::min), ANY, ANY)),
          entry("maxf", Function.variadic(call -> foldedDecimal(call, Math::max), ANY, ANY)),
          entry("minf", Function.variadic(call -> foldedDecimal(call, Math::min), ANY, ANY)),
          entry("ceil", Function.of(call -> Math.ceil(toDouble(call.any(0))), ANY)),
          entry("floor", Function.of(call -> Math.floor(toDouble(call.any(0))), ANY)),
          entry("round", Function.variadic(NumberFunctions::round, ANY, INT, FLOAT)),
          entry("bytes", Function.of(call -> GoNumber.parseSize(call.string(0)), STRING)),
          entry("duration", Function.of(NumberFunctions::seconds, STRING)),
          entry("duration_seconds", Function.of(NumberFunctions::seconds, STRING)));

  private NumberFunctions() {}

  private static Object folded(Call call, LongBinaryOperator operator) {
    return fold(call.from(1), toLong(call.any(0)), operator);
  }

  private static GoInt fold(List<Object> values, long start, LongBinaryOperator operator) {
    long result = start;
    for (Object value : values) {
      result = operator.applyAsLong(result, toLong(value));
    }
    return GoInt.int64(result);
  }

  private static Object foldedDecimal(Call call, DoubleBinaryOperator operator) {
    double result = toDouble(call.any(0));
    for (Object value : call.from(1)) {
      result = operator.applyAsDouble(result, toDouble(value));
    }
    return result;
  }

  private static long div(long a, long b) {
    checkDivisor(b);
    return a / b;
  }

  private static long mod(long a, long b) {
    checkDivisor(b);
    return a % b;
  }

  private static void checkDivisor(long divisor) {
    if (divisor == 0) {
      throw new FunctionException("runtime error: integer divide by zero");
    }
  }

  /**
   * Rounds up where what is cut off reaches a threshold, and else down: below zero too, as the
   * function of the Sprig library does that Loki uses.
   */
  private static Object round(Call call) {
    double threshold = call.size() > 2 ? call.decimal(2) : 0.5;
    double power = Math.pow(10, call.integer(1));
    double scaled = power * toDouble(call.any(0));
    double whole = scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled);
    double rounded = scaled - whole >= threshold ? Math.ceil(scaled) : Math.floor(scaled);
    return rounded / power;
  }

  private static Object seconds(Call call) {
    return GoNumber.seconds(GoNumber.parseDuration(call.string(0)));
  }

  /** Makes an integer of anything, 0 where there is none to be seen (logql.md §13.5). */
  static long toLong(Object value) {
    return switch (value) {
      case GoInt integer -> integer.value();
      case Double number -> truncated(number);
      case Boolean bool -> bool ? 1 : 0;
      case String text -> {
        Long number = GoNumber.parseInt(withoutFraction(text), 0);
        yield number == null ? 0 : number;
      }
      case null, default -> 0;
    };
  }

  /** Go on amd64 makes the smallest integer of what is none. */
  private static long truncated(double number) {
    return Math.abs(number) < 0x1p63 ? (long) number : Long.MIN_VALUE;
  }

  private static String withoutFraction(String text) {
    int dot = text.lastIndexOf('.');
    boolean digits = dot >= 0 && text.chars().skip(dot + 1).allMatch(c -> c >= '0' && c <= '9');
    return digits ? text.substring(0, dot) : text;
  }

  /** Makes a floating point number of anything, 0 where there is none to be seen. */
  static double toDouble(Object value) {
    return switch (value) {
      case GoInt integer -> integer.value();
      case Double number -> number;
      case Boolean bool -> bool ? 1 : 0;
      case String text -> {
        try {
          yield GoNumber.parseFloat(text);
        } catch (FunctionException _) {
          yield 0;
        }
      }
      case null, default -> 0;
    };
  }
}
