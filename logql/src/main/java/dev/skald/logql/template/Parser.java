package dev.skald.logql.template;

import dev.skald.logql.template.Node.Branches;
import dev.skald.logql.template.Node.Command;
import dev.skald.logql.template.Node.FieldName;
import dev.skald.logql.template.Node.Operand;
import dev.skald.logql.template.Node.Pipe;
import dev.skald.logql.template.Node.Statement;
import dev.skald.logql.template.Node.Variable;
import dev.skald.logql.template.Token.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a template's text as Go's {@code text/template/parse} does, with its errors. */
final class Parser {
  /** How deep parentheses and control structures may nest, which keeps the stack short. */
  private static final int MAX_NESTING = 200;

  private final String name;
  private final Functions functions;
  private final List<Token> tokens;
  private final Map<String, List<Statement>> templates = new HashMap<>();
  private List<String> variables = new ArrayList<>(List.of("$"));
  private int next;
  private int furthest;
  private int actionLine;
  private int rangeDepth;
  private int nesting;

  private Parser(String name, String text, Functions functions) {
    this.name = name;
    this.functions = functions;
    this.tokens = Lexer.tokens(text);
  }

  /**
   * Returns the parsed templates by name: the text itself under its own, and what it defines.
   *
   * @param text one byte a char
   */
  static Map<String, List<Statement>> parse(String name, String text, Functions functions) {
    Parser parser = new Parser(name, text, functions);
    parser.define(name, parser.parseText());
    return parser.templates;
  }

  private List<Statement> parseText() {
    List<Statement> result = new ArrayList<>();
    while (peek().kind() != Kind.EOF) {
      if (peek().kind() == Kind.LEFT_DELIMITER) {
        int delimiter = next++;
        if (nextNonSpace().kind() == Kind.DEFINE) {
          parseDefinition();
          continue;
        }
        next = delimiter;
      }
      Item item = item();
      if (item.ends != null) {
        throw error("unexpected {{" + (item.ends == Kind.END ? "end" : "else") + "}}");
      }
      result.add(item.statement);
    }
    return result;
  }

  private void parseDefinition() {
    String context = "define clause";
    String defined = templateName(nextNonSpace(), context);
    expect(Kind.RIGHT_DELIMITER, context);
    define(defined, subTemplate(context));
  }

  /** Reads a template of its own, up to its end. */
  private List<Statement> subTemplate(String context) {
    List<String> outer = variables;
    int outerRanges = rangeDepth;
    variables = new ArrayList<>(List.of("$"));
    rangeDepth = 0;
    Block block = block();
    if (block.ends != Kind.END) {
      throw error("unexpected {{else}} in " + context);
    }
    variables = outer;
    rangeDepth = outerRanges;
    return block.statements;
  }

  private void define(String defined, List<Statement> statements) {
    List<Statement> old = templates.get(defined);
    if (old == null || isEmpty(old)) {
      templates.put(defined, statements);
    } else if (!isEmpty(statements)) {
      throw error("template: multiple definition of template " + ByteText.quote(defined));
    }
  }

  private static boolean isEmpty(List<Statement> statements) {
    return statements.stream()
        .allMatch(
            statement ->
                statement instanceof Node.Text text
                    && new String(text.bytes(), StandardCharsets.UTF_8).isBlank());
  }

  /** A statement, or the word that ends a list of them. */
  private record Item(Statement statement, Kind ends) {}

  /** Statements and the word that ended them. */
  private record Block(List<Statement> statements, Kind ends) {}

  private Block block() {
    enter();
    List<Statement> statements = new ArrayList<>();
    while (peekNonSpace().kind() != Kind.EOF) {
      Item item = item();
      if (item.ends != null) {
        nesting--;
        return new Block(statements, item.ends);
      }
      statements.add(item.statement);
    }
    throw error("unexpected EOF");
  }

  private Item item() {
    Token token = nextNonSpace();
    return switch (token.kind()) {
      case TEXT -> new Item(new Node.Text(token.position(), ByteText.toBytes(token.text())), null);
      case LEFT_DELIMITER -> {
        actionLine = token.line();
        Item item = action();
        actionLine = 0;
        yield item;
      }
      default -> throw unexpected(token, "input");
    };
  }

  private Item action() {
    Token token = nextNonSpace();
    return switch (token.kind()) {
      case END -> {
        expect(Kind.RIGHT_DELIMITER, "end");
        yield new Item(null, Kind.END);
      }
      case ELSE -> {
        Kind following = peekNonSpace().kind();
        if (following != Kind.IF && following != Kind.WITH) {
          expect(Kind.RIGHT_DELIMITER, "else");
        }
        yield new Item(null, Kind.ELSE);
      }
      default -> new Item(statement(token), null);
    };
  }

  private Statement statement(Token token) {
    int position = token.position();
    return switch (token.kind()) {
      case IF -> control(Kind.IF, "if");
      case WITH -> control(Kind.WITH, "with");
      case RANGE -> control(Kind.RANGE, "range");
      case BLOCK -> blockStatement();
      case TEMPLATE -> include();
      case BREAK -> {
        endOfJump("{{break}}");
        yield new Node.Break(position);
      }
      case CONTINUE -> {
        endOfJump("{{continue}}");
        yield new Node.Continue(position);
      }
      default -> {
        next--;
        yield new Node.Action(position, pipe("command", Kind.RIGHT_DELIMITER));
      }
    };
  }

  private void endOfJump(String word) {
    expect(Kind.RIGHT_DELIMITER, word);
    if (rangeDepth == 0) {
      throw error(word + " outside {{range}}");
    }
  }

  private Statement control(Kind kind, String context) {
    enter();
    int scope = variables.size();
    Pipe pipe = pipe(context, Kind.RIGHT_DELIMITER);
    rangeDepth += kind == Kind.RANGE ? 1 : 0;
    Block then = block();
    rangeDepth -= kind == Kind.RANGE ? 1 : 0;
    Branches branches =
        new Branches(
            then.statements, then.ends == Kind.ELSE ? otherwise(kind, context) : List.of());
    variables.subList(scope, variables.size()).clear();
    nesting--;
    int position = pipe.position();
    return switch (kind) {
      case IF -> new Node.If(position, pipe, branches);
      case WITH -> new Node.With(position, pipe, branches);
      default -> new Node.Range(position, pipe, branches);
    };
  }

  /** Reads what follows an {@code else}, which may be an {@code if} of the same {@code end}. */
  private List<Statement> otherwise(Kind kind, String context) {
    if (kind != Kind.RANGE && peekNonSpace().kind() == kind) {
      nextNonSpace();
      return List.of(control(kind, context));
    }
    Block otherwise = block();
    if (otherwise.ends != Kind.END) {
      throw error("expected end; found {{else}}");
    }
    return otherwise.statements;
  }

  private Statement blockStatement() {
    String context = "block clause";
    Token token = nextNonSpace();
    String defined = templateName(token, context);
    Pipe pipe = pipe(context, Kind.RIGHT_DELIMITER);
    define(defined, subTemplate(context));
    return new Node.Include(token.position(), defined, pipe);
  }

  private Statement include() {
    String context = "template clause";
    Token token = nextNonSpace();
    String included = templateName(token, context);
    Pipe pipe = null;
    if (nextNonSpace().kind() != Kind.RIGHT_DELIMITER) {
      next--;
      pipe = pipe(context, Kind.RIGHT_DELIMITER);
    }
    return new Node.Include(token.position(), included, pipe);
  }

  private String templateName(Token token, String context) {
    if (token.kind() != Kind.STRING && token.kind() != Kind.RAW_STRING) {
      throw unexpected(token, context);
    }
    return unquote(token);
  }

  private Pipe pipe(String context, Kind end) {
    enter();
    int position = peekNonSpace().position();
    List<Variable> declared = new ArrayList<>();
    boolean assigns = declarations(context, declared);
    List<Command> commands = new ArrayList<>();
    while (true) {
      Token token = nextNonSpace();
      if (token.kind() == end) {
        checkPipe(commands, context);
        nesting--;
        return new Pipe(position, List.copyOf(declared), assigns, List.copyOf(commands));
      }
      if (!token.kind().beginsOperand()) {
        throw unexpected(token, context);
      }
      next--;
      commands.add(command());
    }
  }

  /** Reads {@code $x :=}, {@code $x =}, {@code $i, $x :=}; returns whether it is {@code =}. */
  private boolean declarations(String context, List<Variable> declared) {
    while (peekNonSpace().kind() == Kind.VARIABLE) {
      int mark = next;
      Token variable = nextNonSpace();
      Token sign = peekNonSpace();
      boolean comma = sign.kind() == Kind.CHAR && sign.text().equals(",");
      if (!comma && sign.kind() != Kind.ASSIGN && sign.kind() != Kind.DECLARE) {
        next = mark;
        return false;
      }
      next++;
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
      throw error("too many declarations in " + context);
    }
    switch (peekNonSpace().kind()) {
      case VARIABLE, RIGHT_DELIMITER, RIGHT_PAREN -> {}
      default -> throw error("range can only initialize variables");
    }
  }

  private void checkPipe(List<Command> commands, String context) {
    if (commands.isEmpty()) {
      throw error("missing value for " + context);
    }
    for (int i = 1; i < commands.size(); i++) {
      switch (commands.get(i).operands().getFirst()) {
        case Node.Bool _, Node.Dot _, Node.Nil _, Node.NumberLiteral _, Node.StringLiteral _ ->
            throw error("non executable command in pipeline stage " + (i + 1));
        default -> {}
      }
    }
  }

  private Command command() {
    int position = peekNonSpace().position();
    List<Operand> operands = new ArrayList<>();
    while (true) {
      peekNonSpace();
      Operand operand = operand();
      if (operand != null) {
        operands.add(operand);
      }
      Token token = next();
      switch (token.kind()) {
        case SPACE -> {
          continue;
        }
        case RIGHT_DELIMITER, RIGHT_PAREN -> next--;
        case PIPE -> {}
        default -> throw unexpected(token, "operand");
      }
      if (operands.isEmpty()) {
        throw error("empty command");
      }
      return new Command(position, List.copyOf(operands));
    }
  }

  private Operand operand() {
    Operand term = term();
    if (term == null || peek().kind() != Kind.FIELD) {
      return term;
    }
    int position = peek().position();
    List<FieldName> names = new ArrayList<>();
    if (term instanceof Node.Field field) {
      names.addAll(field.names());
    }
    while (peek().kind() == Kind.FIELD) {
      names.add(fieldName(next()));
    }
    return switch (term) {
      case Node.Field _ -> new Node.Field(position, List.copyOf(names));
      case Variable variable -> new Variable(position, variable.name(), List.copyOf(names));
      case Node.Bool _, Node.StringLiteral _, Node.NumberLiteral _, Node.Nil _, Node.Dot _ ->
          throw error("unexpected . after term " + ByteText.quote(term.toString()));
      case Node.Chain _, Node.Identifier _, Pipe _ ->
          new Node.Chain(position, term, List.copyOf(names));
    };
  }

  /** Reads one operand without the fields that may follow; null if none begins here. */
  private Operand term() {
    Token token = nextNonSpace();
    int position = token.position();
    return switch (token.kind()) {
      case IDENTIFIER -> identifier(token);
      case DOT -> new Node.Dot(position);
      case NIL -> new Node.Nil(position);
      case VARIABLE -> {
        if (!variables.contains(token.text())) {
          throw error("undefined variable " + ByteText.quote(token.text()));
        }
        yield new Variable(position, token.text(), List.of());
      }
      case FIELD -> new Node.Field(position, List.of(fieldName(token)));
      case BOOL -> new Node.Bool(position, token.text().equals("true"));
      case NUMBER, CHAR_CONSTANT -> number(token);
      case STRING, RAW_STRING -> new Node.StringLiteral(position, token.text(), unquote(token));
      case LEFT_PAREN -> pipe("parenthesized pipeline", Kind.RIGHT_PAREN);
      default -> {
        next--;
        yield null;
      }
    };
  }

  private Operand identifier(Token token) {
    Function function = functions.find(ByteText.decode(token.text()));
    if (function == null) {
      throw error("function " + ByteText.quote(token.text()) + " not defined");
    }
    return new Node.Identifier(token.position(), token.text(), function);
  }

  private Operand number(Token token) {
    try {
      return Literals.number(token);
    } catch (FunctionException e) {
      throw error(e.getMessage());
    }
  }

  private String unquote(Token token) {
    try {
      return Literals.unquote(token.text());
    } catch (FunctionException e) {
      throw error(e.getMessage());
    }
  }

  private static FieldName fieldName(Token token) {
    return FieldName.of(token.text().substring(1));
  }

  private void expect(Kind kind, String context) {
    Token token = nextNonSpace();
    if (token.kind() != kind) {
      throw unexpected(token, context);
    }
  }

  private void enter() {
    if (++nesting > MAX_NESTING) {
      throw error("nested more than " + MAX_NESTING + " deep");
    }
  }

  private Token peek() {
    // The last token, an end of text or an error, follows itself.
    int index = Math.min(next, tokens.size() - 1);
    furthest = Math.max(furthest, index);
    return tokens.get(index);
  }

  private Token next() {
    Token token = peek();
    next++;
    return token;
  }

  private Token peekNonSpace() {
    while (peek().kind() == Kind.SPACE) {
      next++;
    }
    return peek();
  }

  private Token nextNonSpace() {
    peekNonSpace();
    return next();
  }

  private TemplateSyntaxException unexpected(Token token, String context) {
    if (token.kind() != Kind.ERROR) {
      return error("unexpected " + token.shown() + " in " + context);
    }
    if (actionLine == 0 || actionLine == token.line()) {
      return error(token.text());
    }
    String where = " started at " + ByteText.encode(name) + ":" + actionLine;
    return error(token.text() + (token.text().endsWith(" action") ? "" : " in action") + where);
  }

  private TemplateSyntaxException error(String message) {
    int line = tokens.get(furthest).line();
    return new TemplateSyntaxException(
        "template: " + name + ":" + line + ": " + ByteText.decode(message));
  }
}
