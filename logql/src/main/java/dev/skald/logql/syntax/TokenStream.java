package dev.skald.logql.syntax;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a query with one token of look-ahead.
 *
 * <p>A token is cut only when the parser looks at it: what the parser finds wrong in the text
 * before is reported first. Depth and number of operators are bounded, so that neither the parser
 * nor any later walk over the tree can run out of stack.
 */
final class TokenStream {
  private static final int MAX_NESTING = 250;
  private static final int MAX_OPERATORS = 1000;

  private final Lexer lexer;
  private Token next;
  private int nesting;
  private int operators;

  TokenStream(String query) {
    lexer = new Lexer(query);
  }

  Token peek() {
    if (next == null) {
      next = lexer.next();
    }
    return next;
  }

  TokenKind peekKind() {
    return peek().kind();
  }

  Token take() {
    Token token = peek();
    next = null;
    return token;
  }

  /** Takes the next token if it is of a kind. */
  boolean accept(TokenKind kind) {
    if (peekKind() == kind) {
      take();
      return true;
    }
    return false;
  }

  /** Takes the next token, which must be of a kind. */
  Token expect(TokenKind kind) {
    if (peekKind() != kind) {
      throw unexpected(List.of(kind));
    }
    return take();
  }

  /** Takes the next token, which must be of a kind; several things may stand here. */
  Token expect(TokenKind kind, List<TokenKind> expected) {
    if (peekKind() != kind) {
      throw unexpected(expected);
    }
    return take();
  }

  /** Returns the error for the next token. */
  ParseException unexpected(List<TokenKind> expected) {
    StringBuilder message = new StringBuilder("syntax error: unexpected ");
    message.append(peekKind().display());
    String separator = ", expecting ";
    for (TokenKind kind : expected.stream().sorted().toList()) {
      message.append(separator).append(kind.display());
      separator = " or ";
    }
    return peek().place().error(message.toString());
  }

  /** Reads names in parentheses, {@code (a, b)}; the list may be empty. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    expect(TokenKind.OPEN_PAREN);
    if (accept(TokenKind.CLOSE_PAREN)) {
      return names;
    }
    names.add(expect(TokenKind.IDENTIFIER, Expected.FIRST_NAME).text());
    while (accept(TokenKind.COMMA)) {
      names.add(expect(TokenKind.IDENTIFIER).text());
    }
    expect(TokenKind.CLOSE_PAREN, Expected.AFTER_NAME);
    return names;
  }

  /** Counts an operator of the query. */
  void countOperator() {
    if (++operators > MAX_OPERATORS) {
      throw new ParseException(0, 0, "more than " + MAX_OPERATORS + " operators in one query");
    }
  }

  /** Notes that the parser goes one level down; {@link #ascend} must follow. */
  void descend() {
    if (++nesting > MAX_NESTING) {
      throw new ParseException(0, 0, "query is nested more than " + MAX_NESTING + " levels deep");
    }
  }

  void ascend() {
    nesting--;
  }
}
