package dev.skald.logql.template;

import dev.skald.logql.template.Token.Kind;
import java.util.List;

/** Hands out the tokens of a template's text, and makes the errors that name where they stand. */
final class TokenReader {
  /** How deep parentheses and control structures may nest, which keeps the stack short. */
  private static final int MAX_NESTING = 200;

  private final String name;
  private final List<Token> tokens;
  private int next;
  private int furthest;
  private int actionLine;
  private int nesting;

  /**
   * @param name of the template, for errors
   * @param text one byte a char
   */
  TokenReader(String name, String text) {
    this.name = name;
    this.tokens = Lexer.tokens(text);
  }

  Token peek() {
    // The last token, an end of text or an error, follows itself.
    int index = Math.min(next, tokens.size() - 1);
    furthest = Math.max(furthest, index);
    return tokens.get(index);
  }

  Token next() {
    Token token = peek();
    next++;
    return token;
  }

  Token peekNonSpace() {
    while (peek().kind() == Kind.SPACE) {
      next++;
    }
    return peek();
  }

  Token nextNonSpace() {
    peekNonSpace();
    return next();
  }

  /** Gives back the token that was taken last. */
  void back() {
    next--;
  }

  /** Returns where the reader stands, to return to. */
  int mark() {
    return next;
  }

  void backTo(int mark) {
    next = mark;
  }

  void expect(Kind kind, String context) {
    Token token = nextNonSpace();
    if (token.kind() != kind) {
      throw unexpected(token, context);
    }
  }

  /** Goes into parentheses or a control structure. */
  void enter() {
    if (++nesting > MAX_NESTING) {
      throw error("nested more than " + MAX_NESTING + " deep");
    }
  }

  void leave() {
    nesting--;
  }

  /** Says on which line the action at work began, 0 outside of actions. */
  void actionAt(int line) {
    actionLine = line;
  }

  /** Returns what a string says; fails if the token is none. */
  String string(Token token, String context) {
    if (token.kind() != Kind.STRING && token.kind() != Kind.RAW_STRING) {
      throw unexpected(token, context);
    }
    return unquote(token);
  }

  /** Returns what the token of a string says. */
  String unquote(Token token) {
    try {
      return Literals.unquote(token.text());
    } catch (FunctionException e) {
      throw error(e.getMessage());
    }
  }

  TemplateSyntaxException unexpected(Token token, String context) {
    if (token.kind() != Kind.ERROR) {
      return error("unexpected " + token.shown() + " in " + context);
    }
    if (actionLine == 0 || actionLine == token.line()) {
      return error(token.text());
    }
    String where = " started at " + ByteText.encode(name) + ":" + actionLine;
    return error(token.text() + (token.text().endsWith(" action") ? "" : " in action") + where);
  }

  TemplateSyntaxException error(String message) {
    int line = tokens.get(furthest).line();
    return new TemplateSyntaxException(
        "template: " + name + ":" + line + ": " + ByteText.decode(message));
  }
}
