package dev.skald.logql.syntax;

import dev.skald.logql.Matcher;
import dev.skald.logql.syntax.LabelPredicate.Comparison;
import java.util.List;

/**
 * Reads label filters, {@code status >= 400 and level="error"} (logql.md §3.2).
 *
 * <p>{@code and} binds tighter than {@code or}. A comma, or nothing at all, between two filters is
 * an {@code and} whose right side is the whole rest.
 */
final class LabelFilterParser {
  private final TokenStream tokens;
  private final Checks checks;

  LabelFilterParser(TokenStream tokens, Checks checks) {
    this.tokens = tokens;
    this.checks = checks;
  }

  /**
   * Reads a filter.
   *
   * @param expected what to list if none stands here
   */
  LabelPredicate parse(List<TokenKind> expected) {
    tokens.descend();
    LabelPredicate left = conjunction(expected);
    while (tokens.accept(TokenKind.OR)) {
      tokens.countOperator();
      left = new LabelPredicate.Or(left, conjunction(Expected.LABEL_FILTER));
    }
    tokens.ascend();
    return left;
  }

  private LabelPredicate conjunction(List<TokenKind> expected) {
    LabelPredicate left = operand(expected);
    while (tokens.accept(TokenKind.AND)) {
      tokens.countOperator();
      left = new LabelPredicate.And(left, operand(Expected.LABEL_FILTER));
    }
    return left;
  }

  private LabelPredicate operand(List<TokenKind> expected) {
    LabelPredicate atom = atom(expected);
    boolean joined =
        switch (tokens.peekKind()) {
          case COMMA, IDENTIFIER, OPEN_PAREN -> true;
          default -> false;
        };
    if (!joined) {
      return atom;
    }
    tokens.accept(TokenKind.COMMA);
    return new LabelPredicate.And(atom, parse(Expected.LABEL_FILTER));
  }

  private LabelPredicate atom(List<TokenKind> expected) {
    if (tokens.accept(TokenKind.OPEN_PAREN)) {
      LabelPredicate inner = parse(Expected.LABEL_FILTER);
      tokens.expect(TokenKind.CLOSE_PAREN, Expected.MANY);
      return inner;
    }
    String label = tokens.expect(TokenKind.IDENTIFIER, expected).text();
    TokenKind operator = tokens.peekKind();
    return switch (operator) {
      case REGEX, NOT_REGEX -> {
        tokens.take();
        yield text(label, operator, tokens.expect(TokenKind.STRING));
      }
      case EQUAL, NOT_EQUAL -> {
        tokens.take();
        yield equality(label, operator);
      }
      case DOUBLE_EQUAL, GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL -> {
        tokens.take();
        yield quantity(label, comparison(operator));
      }
      default -> throw tokens.unexpected(Expected.MANY);
    };
  }

  private LabelPredicate equality(String label, TokenKind operator) {
    return switch (tokens.peekKind()) {
      case STRING -> text(label, operator, tokens.take());
      case IP -> {
        tokens.take();
        yield new LabelPredicate.Ip(label, operator == TokenKind.NOT_EQUAL, ipPattern());
      }
      default -> quantity(label, comparison(operator));
    };
  }

  private static LabelPredicate text(String label, TokenKind operator, Token value) {
    Matcher.Type type = SelectorParser.matcherType(operator);
    return new LabelPredicate.Text(SelectorParser.matcher(label, type, value.text()));
  }

  private String ipPattern() {
    tokens.expect(TokenKind.OPEN_PAREN);
    String pattern = tokens.expect(TokenKind.STRING).text();
    tokens.expect(TokenKind.CLOSE_PAREN);
    return pattern;
  }

  private LabelPredicate quantity(String label, Comparison comparison) {
    return switch (tokens.peekKind()) {
      case DURATION -> {
        Token token = tokens.take();
        yield new LabelPredicate.Duration(label, comparison, token.value(), token.text());
      }
      case BYTES -> {
        Token token = tokens.take();
        yield new LabelPredicate.Bytes(label, comparison, token.value(), token.text());
      }
      case NUMBER -> new LabelPredicate.Number(label, comparison, checks.number(tokens.take()));
      case ADD -> {
        tokens.take();
        Token token = tokens.expect(TokenKind.NUMBER);
        yield new LabelPredicate.Number(label, comparison, checks.number(token));
      }
      case SUB -> {
        tokens.take();
        yield negative(label, comparison, checks.number(tokens.expect(TokenKind.NUMBER)));
      }
      default -> throw tokens.unexpected(Expected.MANY);
    };
  }

  /** A negative zero is a duration however it is written (logql.md §2.6). */
  private static LabelPredicate negative(String label, Comparison comparison, double magnitude) {
    return magnitude == 0
        ? new LabelPredicate.Duration(label, comparison, 0, "0s")
        : new LabelPredicate.Number(label, comparison, -magnitude);
  }

  private static Comparison comparison(TokenKind operator) {
    return switch (operator) {
      case EQUAL, DOUBLE_EQUAL -> Comparison.EQUAL;
      case NOT_EQUAL -> Comparison.NOT_EQUAL;
      case GREATER -> Comparison.GREATER;
      case GREATER_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
      case LESS -> Comparison.LESS;
      case LESS_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
      default -> throw new IllegalArgumentException("not a comparison: " + operator);
    };
  }
}
