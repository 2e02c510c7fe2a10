package dev.skald.logql.template;

import dev.skald.logql.template.Function.Parameter;
import dev.skald.logql.template.Node.Operand;

/** What literals mean, by the place where they stand. */
final class Constants {
  private Constants() {}

  /** Returns the value of a dot or a literal that stands where a command does. */
  static Object value(ExecutionState state, Object dot, Operand operand) {
    return switch (operand) {
      case Node.Dot _ -> dot;
      case Node.Bool bool -> bool.value();
      case Node.StringLiteral string -> string.value();
      case Node.NumberLiteral number -> number(state, number);
      default -> throw state.failure("nil is not a command");
    };
  }

  private static Object number(ExecutionState state, Node.NumberLiteral number) {
    if (number.looksDecimal()) {
      return number.decimal();
    }
    if (number.integer() == null) {
      throw state.failure(number.text() + " overflows int");
    }
    return number.integer();
  }

  /** Returns the value of a literal that a call takes. */
  static Object argument(ExecutionState state, Operand operand, Parameter parameter) {
    Object value =
        switch (parameter) {
          case ANY -> value(state, null, operand);
          case STRING -> operand instanceof Node.StringLiteral string ? string.value() : null;
          case BOOL -> operand instanceof Node.Bool bool ? bool.value() : null;
          case INT -> operand instanceof Node.NumberLiteral number ? number.integer() : null;
          case FLOAT -> operand instanceof Node.NumberLiteral number ? number.decimal() : null;
          case DURATION ->
              operand instanceof Node.NumberLiteral number && number.integer() != null
                  ? GoInt.duration(number.integer().value())
                  : null;
          case TIME ->
              throw state.failure(
                  "can't handle " + operand + " for arg of type " + parameter.goName());
        };
    if (value == null) {
      throw state.failure("expected " + kind(parameter) + "; found " + operand);
    }
    return value;
  }

  private static String kind(Parameter parameter) {
    return switch (parameter) {
      case INT, DURATION -> "integer";
      case FLOAT -> "float";
      default -> parameter.goName();
    };
  }
}
