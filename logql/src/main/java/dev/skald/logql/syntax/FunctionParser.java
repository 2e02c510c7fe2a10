package dev.skald.logql.syntax;

import dev.skald.logql.regex.Regex;
import dev.skald.logql.regex.RegexSyntaxException;
import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.LabelReplace;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeOp;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.MetricExpr.Vector;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOp;
import java.util.ArrayList;
import java.util.List;

/** Reads what begins with the name of a function; the next token is known to be that name. */
final class FunctionParser {
  private final TokenStream tokens;
  private final Checks checks;
  private final ExprParser exprs;
  private final LogRangeParser ranges;

  FunctionParser(TokenStream tokens, Checks checks, ExprParser exprs, LogRangeParser ranges) {
    this.tokens = tokens;
    this.checks = checks;
    this.exprs = exprs;
    this.ranges = ranges;
  }

  MetricExpr rangeAggregation() {
    Token op = tokens.take();
    tokens.expect(TokenKind.OPEN_PAREN);
    Token parameter = rangeParameter();
    LogRange range = ranges.parse();
    tokens.expect(TokenKind.CLOSE_PAREN);
    Grouping grouping = grouping();
    checks.rangeAggregation(op, parameter, range, grouping != null);
    return new RangeAggregation(
        RangeOp.valueOf(op.kind().name()),
        parameter == null ? null : checks.number(parameter),
        range,
        grouping);
  }

  private Token rangeParameter() {
    return switch (tokens.peekKind()) {
      case NUMBER -> {
        Token parameter = tokens.take();
        tokens.expect(TokenKind.COMMA);
        yield parameter;
      }
      case OPEN_BRACE, OPEN_PAREN -> null;
      default -> throw tokens.unexpected(Expected.RANGE_ARGUMENT);
    };
  }

  /** The grouping stands either in front of the parentheses or behind them. */
  MetricExpr vectorAggregation() {
    Token op = tokens.take();
    Grouping grouping = grouping();
    tokens.expect(TokenKind.OPEN_PAREN);
    Token number = tokens.peekKind() == TokenKind.NUMBER ? tokens.take() : null;
    boolean parameter = number != null && tokens.accept(TokenKind.COMMA);
    MetricExpr inner = number == null || parameter ? exprs.metric() : exprs.metricFrom(number);
    tokens.expect(TokenKind.CLOSE_PAREN, Expected.MANY);
    if (grouping == null) {
      grouping = grouping();
    }
    int k = checks.vectorAggregation(op, parameter ? number : null, grouping);
    boolean ungrouped = grouping == null || Checks.isEmptyBy(grouping);
    return new VectorAggregation(
        VectorOp.valueOf(op.kind().name()), k, inner, ungrouped ? null : grouping);
  }

  private Grouping grouping() {
    if (tokens.accept(TokenKind.BY)) {
      return new Grouping(false, tokens.names());
    }
    if (tokens.accept(TokenKind.WITHOUT)) {
      return new Grouping(true, tokens.names());
    }
    return null;
  }

  MetricExpr vector() {
    tokens.take();
    tokens.expect(TokenKind.OPEN_PAREN);
    Token number = tokens.expect(TokenKind.NUMBER);
    tokens.expect(TokenKind.CLOSE_PAREN);
    return new Vector(checks.number(number));
  }

  MetricExpr labelReplace() {
    Token.Place start = tokens.take().place();
    tokens.expect(TokenKind.OPEN_PAREN);
    MetricExpr inner = exprs.metric();
    tokens.expect(TokenKind.COMMA, Expected.MANY);
    String target = tokens.expect(TokenKind.STRING).text();
    tokens.expect(TokenKind.COMMA);
    String replacement = tokens.expect(TokenKind.STRING).text();
    tokens.expect(TokenKind.COMMA);
    String source = tokens.expect(TokenKind.STRING).text();
    tokens.expect(TokenKind.COMMA);
    String pattern = tokens.expect(TokenKind.STRING).text();
    tokens.expect(TokenKind.CLOSE_PAREN);
    return new LabelReplace(inner, target, replacement, source, anchored(start, pattern));
  }

  /** The anchors are written out because error messages show them. */
  private Regex anchored(Token.Place start, String pattern) {
    try {
      return Regex.compile(LabelReplace.ANCHOR_LEFT + pattern + LabelReplace.ANCHOR_RIGHT);
    } catch (RegexSyntaxException badRegex) {
      checks.labelReplaceRegex(start, badRegex.getMessage());
      return null;
    }
  }

  MetricExpr variants() {
    tokens.take();
    tokens.expect(TokenKind.OPEN_PAREN);
    List<MetricExpr> variants = new ArrayList<>();
    do {
      variants.add(exprs.metric());
    } while (tokens.accept(TokenKind.COMMA));
    tokens.expect(TokenKind.CLOSE_PAREN, Expected.MANY);
    tokens.expect(TokenKind.OF);
    tokens.expect(TokenKind.OPEN_PAREN);
    LogRange range = ranges.parse();
    tokens.expect(TokenKind.CLOSE_PAREN);
    return new Variants(variants, range);
  }
}
