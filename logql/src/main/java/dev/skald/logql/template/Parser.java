package dev.skald.logql.template;

import dev.skald.logql.template.Node.Statement;
import dev.skald.logql.template.Token.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a template's text as Go's {@code text/template/parse} does, with its errors. */
final class Parser {
  private final TokenReader tokens;
  private final Functions functions;
  private final Map<String, List<Statement>> templates = new HashMap<>();

  private Parser(TokenReader tokens, Functions functions) {
    this.tokens = tokens;
    this.functions = functions;
  }

  /**
   * Returns the parsed templates by name: the text itself under its own, and what it defines.
   *
   * @param text one byte a char
   */
  static Map<String, List<Statement>> parse(String name, String text, Functions functions) {
    Parser parser = new Parser(new TokenReader(name, text), functions);
    parser.define(name, parser.parseText());
    return parser.templates;
  }

  private List<Statement> parseText() {
    StatementParser statements = statements();
    List<Statement> result = new ArrayList<>();
    while (tokens.peek().kind() != Kind.EOF) {
      if (tokens.peek().kind() == Kind.LEFT_DELIMITER) {
        int delimiter = tokens.mark();
        tokens.next();
        if (tokens.nextNonSpace().kind() == Kind.DEFINE) {
          parseDefinition();
          continue;
        }
        tokens.backTo(delimiter);
      }
      result.add(statements.outermost());
    }
    return result;
  }

  private void parseDefinition() {
    String context = "define clause";
    String defined = tokens.string(tokens.nextNonSpace(), context);
    tokens.expect(Kind.RIGHT_DELIMITER, context);
    parseNamed(defined, context);
  }

  /** Reads a template of its own, with no variables of the one around it, up to its end. */
  void parseNamed(String defined, String context) {
    define(defined, statements().body(context));
  }

  private StatementParser statements() {
    return new StatementParser(this, tokens, new PipeParser(tokens, functions));
  }

  private void define(String defined, List<Statement> statements) {
    List<Statement> old = templates.get(defined);
    if (old == null || isEmpty(old)) {
      templates.put(defined, statements);
    } else if (!isEmpty(statements)) {
      throw tokens.error("template: multiple definition of template " + ByteText.quote(defined));
    }
  }

  private static boolean isEmpty(List<Statement> statements) {
    return statements.stream()
        .allMatch(
            statement ->
                statement instanceof Node.Text text
                    && new String(text.bytes(), StandardCharsets.UTF_8).isBlank());
  }
}
