package dev.skald.logql.syntax;

import dev.skald.logql.Matcher;
import dev.skald.logql.regex.RegexSyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Reads stream selectors, <code>{app="a", env=~"b.*"}</code>. */
final class SelectorParser {
  private final TokenStream tokens;
  private final Checks checks;

  SelectorParser(TokenStream tokens, Checks checks) {
    this.tokens = tokens;
    this.checks = checks;
  }

  /** Reads a selector; the next token is known to be its opening brace. */
  List<Matcher> parse() {
    Token.Place start = tokens.expect(TokenKind.OPEN_BRACE).place();
    List<Matcher> matchers = new ArrayList<>();
    if (tokens.peekKind() != TokenKind.CLOSE_BRACE) {
      matchers.add(matcher(tokens.expect(TokenKind.IDENTIFIER, Expected.FIRST_MATCHER).text()));
      while (tokens.accept(TokenKind.COMMA)) {
        matchers.add(matcher(tokens.expect(TokenKind.IDENTIFIER).text()));
      }
    }
    tokens.expect(TokenKind.CLOSE_BRACE, Expected.AFTER_MATCHER);
    checks.selector(start, matchers);
    return matchers;
  }

  private Matcher matcher(String name) {
    Matcher.Type type = matcherType(tokens.peekKind());
    if (type == null) {
      throw tokens.unexpected(Expected.MATCHER_OPERATOR);
    }
    tokens.take();
    return matcher(name, type, tokens.expect(TokenKind.STRING).text());
  }

  /** Returns the type that an operator stands for, or null. */
  static Matcher.Type matcherType(TokenKind operator) {
    return switch (operator) {
      case EQUAL -> Matcher.Type.EQUAL;
      case NOT_EQUAL -> Matcher.Type.NOT_EQUAL;
      case REGEX -> Matcher.Type.REGEX;
      case NOT_REGEX -> Matcher.Type.NOT_REGEX;
      default -> null;
    };
  }

  /** Builds a matcher; a bad regular expression is reported at once, without a place. */
  static Matcher matcher(String name, Matcher.Type type, String value) {
    try {
      return new Matcher(name, type, value);
    } catch (RegexSyntaxException badRegex) {
      throw new ParseException(0, 0, badRegex.getMessage());
    }
  }
}
