package dev.skald.logql.template;

import dev.skald.logql.template.Node.Branches;
import dev.skald.logql.template.Node.Pipe;
import dev.skald.logql.template.Node.Statement;
import dev.skald.logql.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads the statements of one template: text, actions and control structures. */
final class StatementParser {
  private final Parser parser;
  private final TokenReader tokens;
  private final PipeParser pipes;
  private int rangeDepth;

  /**
   * @param parser takes the templates that a statement defines
   */
  StatementParser(Parser parser, TokenReader tokens, PipeParser pipes) {
    this.parser = parser;
    this.tokens = tokens;
    this.pipes = pipes;
  }

  /** A statement, or the word that ends a list of them. */
  private record Item(Statement statement, Kind ends) {}

  /** Statements and the word that ended them. */
  private record Block(List<Statement> statements, Kind ends) {}

  /** Reads a statement that stands in no block. */
  Statement outermost() {
    Item item = item();
    if (item.ends != null) {
      throw tokens.error("unexpected {{" + (item.ends == Kind.END ? "end" : "else") + "}}");
    }
    return item.statement;
  }

  /** Reads all statements of a template, up to its end. */
  List<Statement> body(String context) {
    Block block = block();
    if (block.ends != Kind.END) {
      throw tokens.error("unexpected {{else}} in " + context);
    }
    return block.statements;
  }

  private Block block() {
    tokens.enter();
    List<Statement> statements = new ArrayList<>();
    while (tokens.peekNonSpace().kind() != Kind.EOF) {
      Item item = item();
      if (item.ends != null) {
        tokens.leave();
        return new Block(statements, item.ends);
      }
      statements.add(item.statement);
    }
    throw tokens.error("unexpected EOF");
  }

  private Item item() {
    Token token = tokens.nextNonSpace();
    return switch (token.kind()) {
      case TEXT -> new Item(new Node.Text(token.position(), ByteText.toBytes(token.text())), null);
      case LEFT_DELIMITER -> {
        tokens.actionAt(token.line());
        Item item = action();
        tokens.actionAt(0);
        yield item;
      }
      default -> throw tokens.unexpected(token, "input");
    };
  }

  private Item action() {
    Token token = tokens.nextNonSpace();
    return switch (token.kind()) {
      case END -> {
        tokens.expect(Kind.RIGHT_DELIMITER, "end");
        yield new Item(null, Kind.END);
      }
      case ELSE -> {
        Kind following = tokens.peekNonSpace().kind();
        if (following != Kind.IF && following != Kind.WITH) {
          tokens.expect(Kind.RIGHT_DELIMITER, "else");
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
        tokens.back();
        yield new Node.Action(position, pipes.pipe("command", Kind.RIGHT_DELIMITER));
      }
    };
  }

  private void endOfJump(String word) {
    tokens.expect(Kind.RIGHT_DELIMITER, word);
    if (rangeDepth == 0) {
      throw tokens.error(word + " outside {{range}}");
    }
  }

  private Statement control(Kind kind, String context) {
    tokens.enter();
    int scope = pipes.scope();
    Pipe pipe = pipes.pipe(context, Kind.RIGHT_DELIMITER);
    rangeDepth += kind == Kind.RANGE ? 1 : 0;
    Block then = block();
    rangeDepth -= kind == Kind.RANGE ? 1 : 0;
    Branches branches =
        new Branches(
            then.statements, then.ends == Kind.ELSE ? otherwise(kind, context) : List.of());
    pipes.leaveScope(scope);
    tokens.leave();
    int position = pipe.position();
    return switch (kind) {
      case IF -> new Node.If(position, pipe, branches);
      case WITH -> new Node.With(position, pipe, branches);
      default -> new Node.Range(position, pipe, branches);
    };
  }

  /** Reads what follows an {@code else}, which may be an {@code if} of the same {@code end}. */
  private List<Statement> otherwise(Kind kind, String context) {
    if (kind != Kind.RANGE && tokens.peekNonSpace().kind() == kind) {
      tokens.nextNonSpace();
      return List.of(control(kind, context));
    }
    Block otherwise = block();
    if (otherwise.ends != Kind.END) {
      throw tokens.error("expected end; found {{else}}");
    }
    return otherwise.statements;
  }

  private Statement blockStatement() {
    String context = "block clause";
    Token token = tokens.nextNonSpace();
    String defined = tokens.string(token, context);
    Pipe pipe = pipes.pipe(context, Kind.RIGHT_DELIMITER);
    parser.parseNamed(defined, context);
    return new Node.Include(token.position(), defined, pipe);
  }

  private Statement include() {
    String context = "template clause";
    Token token = tokens.nextNonSpace();
    String included = tokens.string(token, context);
    Pipe pipe = null;
    if (tokens.nextNonSpace().kind() != Kind.RIGHT_DELIMITER) {
      tokens.back();
      pipe = pipes.pipe(context, Kind.RIGHT_DELIMITER);
    }
    return new Node.Include(token.position(), included, pipe);
  }
}
