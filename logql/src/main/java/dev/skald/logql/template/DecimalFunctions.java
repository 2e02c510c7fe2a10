package dev.skald.logql.template;

import static dev.skald.logql.template.Function.Parameter.ANY;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** The functions that reckon in decimals, so that 0.1 and 0.2 make 0.3. */
final class DecimalFunctions {
  private static final int DIVISION_DIGITS = 16;

  static final Map<String, Function> FUNCTIONS =
      Map.of(
          "addf", Function.variadic(c -> fold(BigDecimal.ZERO, c.from(0), BigDecimal::add), ANY),
          "subf", Function.variadic(c -> folded(c, BigDecimal::subtract), ANY, ANY),
          "mulf", Function.variadic(c -> folded(c, BigDecimal::multiply), ANY, ANY),
          "divf", Function.variadic(c -> folded(c, DecimalFunctions::divide), ANY, ANY));

  private DecimalFunctions() {}

  private static Object folded(Call call, BinaryOperator<BigDecimal> operator) {
    return fold(decimal(call.any(0)), call.from(1), operator);
  }

  private static Object fold(
      BigDecimal start, List<Object> values, BinaryOperator<BigDecimal> operator) {
    BigDecimal result = start;
    for (Object value : values) {
      result = operator.apply(result, decimal(value));
    }
    return result.doubleValue();
  }

  private static BigDecimal divide(BigDecimal a, BigDecimal b) {
    if (b.signum() == 0) {
      throw new FunctionException("decimal division by 0");
    }
    return a.divide(b, DIVISION_DIGITS, RoundingMode.HALF_UP);
  }

  private static BigDecimal decimal(Object value) {
    double number = NumberFunctions.toDouble(value);
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new FunctionException("Cannot create a Decimal from " + FloatFormat.format(number));
    }
    return BigDecimal.valueOf(number);
  }
}
