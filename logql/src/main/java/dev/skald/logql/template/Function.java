package dev.skald.logql.template;

import java.util.List;

/**
 * A function that templates may call, or a method of a value, which is a function whose first
 * argument is the value.
 *
 * @param parameters what it takes
 * @param rest what it takes any number of after that; null if nothing
 */
public record Function(List<Parameter> parameters, Parameter rest, Body body) {

  /** The type that an argument must have. */
  public enum Parameter {
    ANY("interface {}"),
    STRING("string"),
    INT("int"),
    FLOAT("float64"),
    BOOL("bool"),
    TIME("time.Time"),
    DURATION("time.Duration");

    private final String goName;

    Parameter(String goName) {
      this.goName = goName;
    }

    String goName() {
      return goName;
    }

    boolean accepts(Object value) {
      return switch (this) {
        case ANY -> true;
        case STRING -> value instanceof String;
        case INT -> value instanceof GoInt integer && integer.type() == GoInt.Type.INT;
        case FLOAT -> value instanceof Double;
        case BOOL -> value instanceof Boolean;
        case TIME -> value instanceof GoTime;
        case DURATION -> value instanceof GoInt integer && integer.type() == GoInt.Type.DURATION;
      };
    }
  }

  /** What a function does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Returns the value of a call, one of those that {@link GoValue} lists.
     *
     * @throws FunctionException if there is none
     */
    Object apply(Call call);
  }

  public Function {
    parameters = List.copyOf(parameters);
  }

  /** Returns a function of so many arguments. */
  public static Function of(Body body, Parameter... parameters) {
    return new Function(List.of(parameters), null, body);
  }

  /** Returns a function whose last parameter stands for any number of arguments, or none. */
  public static Function variadic(Body body, Parameter... parameters) {
    List<Parameter> all = List.of(parameters);
    return new Function(all.subList(0, all.size() - 1), all.getLast(), body);
  }

  /** Returns the type that the argument at a place must have. */
  Parameter parameter(int index) {
    return index < parameters.size() ? parameters.get(index) : rest;
  }
}
