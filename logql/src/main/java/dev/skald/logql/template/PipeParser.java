package dev.skald.logql.template;

import dev.skald.logql.template.Node.Command;
import dev.skald.logql.template.Node.FieldName;
import dev.skald.logql.template.Node.Operand;
import dev.skald.logql.template.Node.Pipe;
import dev.skald.logql.template.Node.Variable;
import dev.skald.logql.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads what an action computes: pipes, their commands, and the operands of these. */
final class PipeParser {
  private final TokenReader tokens;
  private final Functions functions;
  private final List<String> variables = new ArrayList<>(List.of("$"));

  PipeParser(TokenReader tokens, Functions functions) {
    this.tokens = tokens;
    this.functions = functions;
  }

  /** Returns how many variables are in scope. */
  int scope() {
    return variables.size();
  }

  /** Forgets the variables that were declared since there were as many as given. */
  void leaveScope(int scope) {
    variables.subList(scope, variables.size()).clear();
  }

  /** Reads a pipe and the token that ends it. */
  Pipe pipe(String context, Kind end) {
    tokens.enter();
    int position = tokens.peekNonSpace().position();
    List<Variable> declared = new ArrayList<>();
    boolean assigns = declarations(context, declared);
    List<Command> commands = new ArrayList<>();
    while (true) {
      Token token = tokens.nextNonSpace();
      if (token.kind() == end) {
        checkPipe(commands, context);
        tokens.leave();
        return new Pipe(position, List.copyOf(declared), assigns, List.copyOf(commands));
      }
      if (!token.kind().beginsOperand()) {
        throw tokens.unexpected(token, context);
      }
      tokens.back();
      commands.add(command());
    }
  }

  /** Reads {@code $x :=}, {@code $x =}, {@code $i, $x :=}; returns whether it is {@code =}. */
  private boolean declarations(String context, List<Variable> declared) {
    while (tokens.peekNonSpace().kind() == Kind.VARIABLE) {
      int mark = tokens.mark();
      Token variable = tokens.nextNonSpace();
      Token sign = tokens.peekNonSpace();
      boolean comma = sign.kind() == Kind.CHAR && sign.text().equals(",");
      if (!comma && sign.kind() != Kind.ASSIGN && sign.kind() != Kind.DECLARE) {
        tokens.backTo(mark);
        return false;
      }
      tokens.next();
      declared.add(new Variable(variable.position(), variable.text(), List.of()));
      variables.add(variable.text());
      if (!comma) {
        return sign.kind() == Kind.ASSIGN;
      }
      checkSecondVariable(context, declared.size());
    }
    return false;
  }

  private void checkSecondVariable(String context, int declared) {
    if (!context.equals("range") || declared > 1) {
      throw tokens.error("too many declarations in " + context);
    }
    switch (tokens.peekNonSpace().kind()) {
      case VARIABLE, RIGHT_DELIMITER, RIGHT_PAREN -> {}
      default -> throw tokens.error("range can only initialize variables");
    }
  }

  private void checkPipe(List<Command> commands, String context) {
    if (commands.isEmpty()) {
      throw tokens.error("missing value for " + context);
    }
    for (int i = 1; i < commands.size(); i++) {
      switch (commands.get(i).operands().getFirst()) {
        case Node.Bool _, Node.Dot _, Node.Nil _, Node.NumberLiteral _, Node.StringLiteral _ ->
            throw tokens.error("non executable command in pipeline stage " + (i + 1));
        default -> {}
      }
    }
  }

  private Command command() {
    int position = tokens.peekNonSpace().position();
    List<Operand> operands = new ArrayList<>();
    while (true) {
      tokens.peekNonSpace();
      Operand operand = operand();
      if (operand != null) {
        operands.add(operand);
      }
      Token token = tokens.next();
      switch (token.kind()) {
        case SPACE -> {
          continue;
        }
        case RIGHT_DELIMITER, RIGHT_PAREN -> tokens.back();
        case PIPE -> {}
        default -> throw tokens.unexpected(token, "operand");
      }
      if (operands.isEmpty()) {
        throw tokens.error("empty command");
      }
      return new Command(position, List.copyOf(operands));
    }
  }

  private Operand operand() {
    Operand term = term();
    if (term == null || tokens.peek().kind() != Kind.FIELD) {
      return term;
    }
    int position = tokens.peek().position();
    List<FieldName> names = new ArrayList<>();
    if (term instanceof Node.Field field) {
      names.addAll(field.names());
    }
    while (tokens.peek().kind() == Kind.FIELD) {
      names.add(fieldName(tokens.next()));
    }
    return switch (term) {
      case Node.Field _ -> new Node.Field(position, List.copyOf(names));
      case Variable variable -> new Variable(position, variable.name(), List.copyOf(names));
      case Node.Bool _, Node.StringLiteral _, Node.NumberLiteral _, Node.Nil _, Node.Dot _ ->
          throw tokens.error("unexpected . after term " + ByteText.quote(term.toString()));
      case Node.Chain _, Node.Identifier _, Pipe _ ->
          new Node.Chain(position, term, List.copyOf(names));
    };
  }

  /** Reads one operand without the fields that may follow; null if none begins here. */
  private Operand term() {
    Token token = tokens.nextNonSpace();
    int position = token.position();
    return switch (token.kind()) {
      case IDENTIFIER -> identifier(token);
      case DOT -> new Node.Dot(position);
      case NIL -> new Node.Nil(position);
      case VARIABLE -> {
        if (!variables.contains(token.text())) {
          throw tokens.error("undefined variable " + ByteText.quote(token.text()));
        }
        yield new Variable(position, token.text(), List.of());
      }
      case FIELD -> new Node.Field(position, List.of(fieldName(token)));
      case BOOL -> new Node.Bool(position, token.text().equals("true"));
      case NUMBER, CHAR_CONSTANT -> number(token);
      case STRING, RAW_STRING ->
          new Node.StringLiteral(position, token.text(), tokens.unquote(token));
      case LEFT_PAREN -> pipe("parenthesized pipeline", Kind.RIGHT_PAREN);
      default -> {
        tokens.back();
        yield null;
      }
    };
  }

  private Operand identifier(Token token) {
    Function function = functions.find(ByteText.decode(token.text()));
    if (function == null) {
      throw tokens.error("function " + ByteText.quote(token.text()) + " not defined");
    }
    return new Node.Identifier(token.position(), token.text(), function);
  }

  private Operand number(Token token) {
    try {
      return Literals.number(token);
    } catch (FunctionException e) {
      throw tokens.error(e.getMessage());
    }
  }

  private static FieldName fieldName(Token token) {
    return FieldName.of(token.text().substring(1));
  }
}
