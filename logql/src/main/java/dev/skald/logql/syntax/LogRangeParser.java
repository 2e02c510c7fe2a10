package dev.skald.logql.syntax;

import dev.skald.logql.Matcher;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.PipelineParser.Stages;
import java.util.List;

/**
 * Reads the argument of a range function: selector, pipeline, unwrap, window and offset in any of
 * the orders that Loki allows (logql.md §3.3).
 */
final class LogRangeParser {
  private final TokenStream tokens;
  private final SelectorParser selectors;
  private final PipelineParser pipelines;

  LogRangeParser(TokenStream tokens, SelectorParser selectors, PipelineParser pipelines) {
    this.tokens = tokens;
    this.selectors = selectors;
    this.pipelines = pipelines;
  }

  private record Window(long rangeNanos, long offsetNanos) {}

  LogRange parse() {
    if (tokens.accept(TokenKind.OPEN_PAREN)) {
      return enclosed();
    }
    if (tokens.peekKind() != TokenKind.OPEN_BRACE) {
      throw tokens.unexpected(Expected.LOG_RANGE);
    }
    List<Matcher> matchers = selectors.parse();
    return windowed(matchers, pipelines.parse(true), Expected.AFTER_UNWRAP);
  }

  /** Behind a parenthesis, which encloses either all or everything but the window. */
  private LogRange enclosed() {
    tokens.descend();
    LogRange range;
    if (tokens.peekKind() == TokenKind.OPEN_BRACE) {
      List<Matcher> matchers = selectors.parse();
      Stages stages = pipelines.parse(true);
      if (tokens.accept(TokenKind.CLOSE_PAREN)) {
        range = behindParenthesis(matchers, stages);
      } else {
        range = windowed(matchers, stages, Expected.AFTER_ENCLOSED_UNWRAP);
        tokens.expect(TokenKind.CLOSE_PAREN);
      }
    } else {
      range = parse();
      tokens.expect(TokenKind.CLOSE_PAREN);
    }
    tokens.ascend();
    return range;
  }

  /** {@code (selector pipeline) [5m]}; an unwrap may follow a bare selector only. */
  private LogRange behindParenthesis(List<Matcher> matchers, Stages stages) {
    Window window = window(List.of(TokenKind.RANGE));
    boolean unwraps = stages.isEmpty() && tokens.peekKind() == TokenKind.PIPE;
    return unwraps
        ? range(matchers, pipelines.parseUnwrap(), window)
        : range(matchers, stages, window);
  }

  /** The window behind a pipeline; behind a bare selector the pipeline may follow the window. */
  private LogRange windowed(List<Matcher> matchers, Stages stages, List<TokenKind> afterUnwrap) {
    Window window = window(stages.unwrap() == null ? Expected.MANY : afterUnwrap);
    return range(matchers, stages.isEmpty() ? pipelines.parse(true) : stages, window);
  }

  private Window window(List<TokenKind> expected) {
    long range = tokens.expect(TokenKind.RANGE, expected).value();
    long offset = 0;
    if (tokens.accept(TokenKind.OFFSET)) {
      offset = tokens.expect(TokenKind.DURATION).value();
    }
    return new Window(range, offset);
  }

  private static LogRange range(List<Matcher> matchers, Stages stages, Window window) {
    LogExpr query = new LogExpr(matchers, stages.stages());
    return new LogRange(query, stages.unwrap(), window.rangeNanos, window.offsetNanos);
  }
}
