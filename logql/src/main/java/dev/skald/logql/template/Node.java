package dev.skald.logql.template;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of a parsed template. Its {@code toString} is what errors print between {@code <} and
 * {@code >}.
 */
sealed interface Node {

  /** Returns the place that errors name, as an offset in bytes. */
  int position();

  /** What stands between texts, and the texts. */
  sealed interface Statement extends Node {}

  /** What a command is made of. */
  sealed interface Operand extends Node {}

  /** Text that is copied. */
  record Text(int position, byte[] bytes) implements Statement {}

  /** {@code {{pipe}}}. */
  record Action(int position, Pipe pipe) implements Statement {
    @Override
    public String toString() {
      return "{{" + pipe + "}}";
    }
  }

  record If(int position, Pipe pipe, Branches branches) implements Statement {}

  record With(int position, Pipe pipe, Branches branches) implements Statement {}

  record Range(int position, Pipe pipe, Branches branches) implements Statement {}

  record Break(int position) implements Statement {}

  record Continue(int position) implements Statement {}

  /**
   * {@code {{template "name" pipe}}}.
   *
   * @param pipe null if there is none
   */
  record Include(int position, String name, Pipe pipe) implements Statement {
    @Override
    public String toString() {
      return "{{template " + ByteText.quote(name) + (pipe == null ? "" : " " + pipe) + "}}";
    }
  }

  /** The lists of a control structure; that after {@code else} is empty if there is none. */
  record Branches(List<Statement> then, List<Statement> otherwise) {}

  /**
   * Commands that each hand their value on to the next.
   *
   * @param declared the variables that receive the value
   * @param assigns whether they exist already, as {@code =} says
   */
  record Pipe(int position, List<Variable> declared, boolean assigns, List<Command> commands)
      implements Operand {
    @Override
    public String toString() {
      String variables =
          declared.stream().map(Variable::toString).collect(Collectors.joining(", "));
      String sign = declared.isEmpty() ? "" : assigns ? " = " : " := ";
      return variables
          + sign
          + commands.stream().map(Command::toString).collect(Collectors.joining(" | "));
    }
  }

  record Command(int position, List<Operand> operands) implements Node {
    @Override
    public String toString() {
      return operands.stream().map(Node::inParens).collect(Collectors.joining(" "));
    }
  }

  /** {@code .a.b}. */
  record Field(int position, List<FieldName> names) implements Operand {
    @Override
    public String toString() {
      return FieldName.join(names);
    }
  }

  /** {@code (pipe).a.b} or {@code function.a.b}. */
  record Chain(int position, Operand base, List<FieldName> names) implements Operand {
    @Override
    public String toString() {
      return inParens(base) + FieldName.join(names);
    }
  }

  /** {@code $x.a.b}; the name holds the dollar. */
  record Variable(int position, String name, List<FieldName> fields) implements Operand {
    @Override
    public String toString() {
      return name + FieldName.join(fields);
    }
  }

  record Identifier(int position, String name, Function function) implements Operand {
    @Override
    public String toString() {
      return name;
    }
  }

  record Dot(int position) implements Operand {
    @Override
    public String toString() {
      return ".";
    }
  }

  record Nil(int position) implements Operand {
    @Override
    public String toString() {
      return "nil";
    }
  }

  record Bool(int position, boolean value) implements Operand {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /**
   * @param quoted the literal as written
   */
  record StringLiteral(int position, String quoted, String value) implements Operand {
    @Override
    public String toString() {
      return quoted;
    }
  }

  /**
   * @param text the literal as written
   * @param integer null if the number is no integer, or not one of 64 bits
   * @param looksDecimal whether it is a float64 where any type will do
   */
  record NumberLiteral(
      int position, String text, GoInt integer, Double decimal, boolean looksDecimal)
      implements Operand {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * The name of a field.
   *
   * @param bytes one byte a char
   * @param text as ordinary text
   */
  record FieldName(String bytes, String text) {
    static FieldName of(String bytes) {
      return new FieldName(bytes, ByteText.decode(bytes));
    }

    private static String join(List<FieldName> names) {
      return names.stream().map(name -> "." + name.bytes).collect(Collectors.joining());
    }
  }

  private static String inParens(Node node) {
    return node instanceof Pipe ? "(" + node + ")" : node.toString();
  }
}
