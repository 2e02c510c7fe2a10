package dev.skald.logql.template;

import dev.skald.logql.template.Function.Parameter;
import dev.skald.logql.template.Node.FieldName;
import dev.skald.logql.template.Node.Operand;
import dev.skald.logql.template.Node.Pipe;
import java.util.List;
import java.util.Map;

/** Computes the values of pipes. */
final class Evaluator {
  /** Stands for the value that the first command of a pipe does not receive. */
  private static final Object MISSING = new Object();

  private static final List<Operand> NONE = List.of();

  private final Template template;
  private final Object data;
  private final ExecutionState state;
  private final Call.Includes includes;

  Evaluator(Template template, Object data, ExecutionState state, Call.Includes includes) {
    this.template = template;
    this.data = data;
    this.state = state;
    this.includes = includes;
  }

  /** Returns the value of a pipe, after giving it to the variables that the pipe declares. */
  Object pipe(Object dot, Pipe pipe) {
    state.at(pipe);
    Object value = MISSING;
    for (Node.Command command : pipe.commands()) {
      value = command(dot, command, value);
      if (value == GoValue.NIL_INTERFACE) {
        value = null;
      }
    }
    for (Node.Variable variable : pipe.declared()) {
      if (pipe.assigns()) {
        state.assign(variable.name(), value);
      } else {
        state.variables().push(variable.name(), value);
      }
    }
    return value;
  }

  private Object command(Object dot, Node.Command command, Object last) {
    List<Operand> operands = command.operands();
    Operand first = operands.getFirst();
    switch (first) {
      case Node.Field field -> {
        state.at(field);
        return fields(dot, dot, field.names(), operands, last);
      }
      case Node.Chain chain -> {
        return chain(dot, chain, operands, last);
      }
      case Node.Identifier identifier -> {
        return function(dot, identifier, command, operands, last);
      }
      case Node.Variable variable -> {
        return variable(dot, variable, operands, last);
      }
      case Pipe pipe -> {
        refuseArguments(operands, last);
        return pipe(dot, pipe);
      }
      default -> {
        state.at(first);
        refuseArguments(operands, last);
        return Constants.value(state, dot, first);
      }
    }
  }

  private void refuseArguments(List<Operand> operands, Object last) {
    if (operands.size() > 1 || last != MISSING) {
      throw state.failure("can't give argument to non-function " + operands.getFirst());
    }
  }

  private Object variable(Object dot, Node.Variable variable, List<Operand> operands, Object last) {
    state.at(variable);
    Object value = state.variables().value(variable.name());
    if (!variable.fields().isEmpty()) {
      return fields(dot, value, variable.fields(), operands, last);
    }
    if (!operands.isEmpty()) {
      refuseArguments(operands, last);
    }
    return value;
  }

  private Object chain(Object dot, Node.Chain chain, List<Operand> operands, Object last) {
    state.at(chain);
    Object base = argument(dot, null, chain.base());
    return fields(dot, base, chain.names(), operands, last);
  }

  /** Follows names from a value; the last of them may be a method that takes arguments. */
  private Object fields(
      Object dot, Object start, List<FieldName> names, List<Operand> operands, Object last) {
    Object value = start;
    for (int i = 0; i < names.size(); i++) {
      if (value == null) {
        return null;
      }
      boolean isLast = i == names.size() - 1;
      value = field(dot, value, names.get(i), isLast ? operands : NONE, isLast ? last : MISSING);
    }
    return value;
  }

  private Object field(
      Object dot, Object value, FieldName name, List<Operand> operands, Object last) {
    if (value == GoValue.NIL_INTERFACE) {
      throw state.failure("nil pointer evaluating interface {}." + name.bytes());
    }
    Function method = Methods.find(value, name.bytes());
    if (method != null) {
      return call(dot, method, new Callee(name.bytes(), state.node(), value), operands, last);
    }
    if (value instanceof StringMap || value instanceof Map<?, ?>) {
      if (operands.size() > 1 || last != MISSING) {
        throw state.failure(name.bytes() + " is not a method but has arguments");
      }
      return value instanceof StringMap strings
          ? orEmpty(GoValue.find(strings, name.text()))
          : GoValue.element(((Map<?, ?>) value).get(name.bytes()));
    }
    throw state.failure(
        "can't evaluate field " + name.bytes() + " in type " + GoValue.typeName(value));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  /**
   * What is called.
   *
   * @param blamed the node that errors of the call name
   * @param receiver the value whose method it is; null for a function
   */
  private record Callee(String name, Node blamed, Object receiver) {}

  private Object function(
      Object dot, Node.Identifier identifier, Node blamed, List<Operand> operands, Object last) {
    state.at(identifier);
    Callee callee = new Callee(identifier.name(), blamed, null);
    return call(dot, identifier.function(), callee, operands, last);
  }

  /**
   * @param operands the first of them names the function; none if it has no arguments
   * @param last one more argument, from the pipe
   */
  private Object call(
      Object dot, Function function, Callee callee, List<Operand> operands, Object last) {
    int written = Math.max(0, operands.size() - 1);
    checkCount(function, callee, written, last == MISSING ? written : written + 1);
    if (function.body() == Builtins.AND || function.body() == Builtins.OR) {
      return shortCircuit(dot, function.body() == Builtins.OR, operands, last);
    }
    int shift = callee.receiver == null ? 0 : 1;
    Object[] values = new Object[shift + written + (last == MISSING ? 0 : 1)];
    if (shift == 1) {
      values[0] = callee.receiver;
    }
    for (int i = 0; i < written; i++) {
      values[i + shift] = argument(dot, function.parameter(i + shift), operands.get(i + 1));
    }
    if (last != MISSING) {
      values[values.length - 1] = check(last, function.parameter(values.length - 1));
    }
    return invoke(function, callee, values);
  }

  private void checkCount(Function function, Callee callee, int written, int given) {
    int wanted = function.parameters().size() - (callee.receiver == null ? 0 : 1);
    if (function.rest() != null && given < wanted) {
      throw wrongCount(callee, "at least " + wanted, written);
    }
    if (function.rest() == null && given != wanted) {
      throw wrongCount(callee, Integer.toString(wanted), given);
    }
  }

  private TemplateException wrongCount(Callee callee, String wanted, int got) {
    return state.failure(
        "wrong number of args for " + callee.name + ": want " + wanted + " got " + got);
  }

  private Object invoke(Function function, Callee callee, Object[] values) {
    long effort = 1;
    for (int i = 0; i < values.length; i++) {
      if (values[i] == GoValue.NIL_INTERFACE) {
        values[i] = null;
      }
      effort += effort(values[i]);
    }
    state.spend(effort);
    try {
      Object result = function.body().apply(new Call(values, data, template.regexes(), includes));
      state.spend(effort(result));
      return result;
    } catch (FunctionException e) {
      state.at(callee.blamed);
      throw state.failure("error calling " + callee.name + ": " + e.getMessage());
    }
  }

  private static long effort(Object value) {
    return value instanceof String text ? text.length() / 64 : 0;
  }

  private Object shortCircuit(Object dot, boolean wanted, List<Operand> operands, Object last) {
    Object value = null;
    for (int i = 1; i < operands.size(); i++) {
      value = argument(dot, Parameter.ANY, operands.get(i));
      if (GoValue.isTrue(value) == wanted) {
        return value;
      }
    }
    return last == MISSING ? value : last;
  }

  /**
   * Returns the value of an operand that a call takes.
   *
   * @param parameter null if any value will do, a typed nil among them
   */
  private Object argument(Object dot, Parameter parameter, Operand operand) {
    state.at(operand);
    return switch (operand) {
      case Node.Dot _ -> check(dot, parameter);
      case Node.Nil _ -> {
        if (parameter != Parameter.ANY) {
          throw state.failure("cannot assign nil to " + parameter.goName());
        }
        yield null;
      }
      case Node.Field field -> check(fields(dot, dot, field.names(), NONE, MISSING), parameter);
      case Node.Variable variable -> check(variable(dot, variable, NONE, MISSING), parameter);
      case Pipe pipe -> check(pipe(dot, pipe), parameter);
      case Node.Identifier identifier ->
          check(function(dot, identifier, identifier, NONE, MISSING), parameter);
      case Node.Chain chain -> check(chain(dot, chain, NONE, MISSING), parameter);
      case Node.Bool _, Node.StringLiteral _, Node.NumberLiteral _ ->
          Constants.argument(state, operand, parameter);
    };
  }

  private Object check(Object value, Parameter parameter) {
    if (parameter == null || parameter.accepts(value)) {
      return value;
    }
    throw state.failure(
        value == null
            ? "invalid value; expected " + parameter.goName()
            : "wrong type for value; expected "
                + parameter.goName()
                + "; got "
                + GoValue.typeName(value));
  }
}
