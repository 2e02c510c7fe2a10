package dev.skald.logql.template;

import static dev.skald.logql.template.Function.Parameter.ANY;

import java.util.List;
import java.util.Map;

/** {@code eq ne lt le gt ge}: numbers compare within their kind only, texts by their bytes. */
final class Comparisons {
  static final Map<String, Function> FUNCTIONS =
      Map.of(
          "eq", Function.variadic(Comparisons::equalsAny, ANY, ANY),
          "ne", Function.of(call -> !isEqual(call.any(0), call.any(1)), ANY, ANY),
          "lt", Function.of(call -> isLess(call.any(0), call.any(1)), ANY, ANY),
          "le", Function.of(call -> isLessOrEqual(call.any(0), call.any(1)), ANY, ANY),
          "gt", Function.of(call -> !isLessOrEqual(call.any(0), call.any(1)), ANY, ANY),
          "ge", Function.of(call -> !isLess(call.any(0), call.any(1)), ANY, ANY));

  private Comparisons() {}

  private static Object equalsAny(Call call) {
    if (call.size() < 2) {
      throw new FunctionException("missing argument for comparison");
    }
    for (Object other : call.from(1)) {
      if (isEqual(call.any(0), other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEqual(Object left, Object right) {
    if (left == null || right == null) {
      return left == right;
    }
    if (left instanceof GoInt a && right instanceof GoInt b) {
      return a.value() == b.value();
    }
    if (left instanceof Double a && right instanceof Double b) {
      return a.doubleValue() == b.doubleValue();
    }
    if (isBasic(left) != isBasic(right) || isBasic(left) && left.getClass() != right.getClass()) {
      throw incompatible(left, right);
    }
    if (isCollection(left) || isCollection(right)) {
      throw new FunctionException(
          "non-comparable types "
              + GoPrint.print(left)
              + ": "
              + GoValue.typeName(left)
              + ", "
              + GoValue.typeName(right)
              + ": "
              + GoPrint.print(right));
    }
    return left.equals(right);
  }

  private static boolean isLess(Object left, Object right) {
    if (!isBasic(left) || !isBasic(right)) {
      throw new FunctionException("invalid type for comparison");
    }
    return switch (left) {
      case GoInt a when right instanceof GoInt b -> a.value() < b.value();
      case Double a when right instanceof Double b -> a < b;
      case String a when right instanceof String b -> a.compareTo(b) < 0;
      case Boolean _ when right instanceof Boolean ->
          throw new FunctionException("invalid type for comparison");
      default -> throw incompatible(left, right);
    };
  }

  private static boolean isLessOrEqual(Object left, Object right) {
    return isLess(left, right) || isEqual(left, right);
  }

  private static boolean isBasic(Object value) {
    return value instanceof GoInt
        || value instanceof Double
        || value instanceof String
        || value instanceof Boolean;
  }

  private static boolean isCollection(Object value) {
    return value instanceof List<?> || value instanceof Map<?, ?> || value instanceof StringMap;
  }

  private static FunctionException incompatible(Object left, Object right) {
    return new FunctionException(
        "incompatible types for comparison: "
            + GoValue.typeName(left)
            + " and "
            + GoValue.typeName(right));
  }
}
