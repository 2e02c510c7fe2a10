package dev.skald.logql.syntax;

import dev.skald.logql.Matcher;
import dev.skald.logql.syntax.StageExpr.LineFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads the stages behind a selector, {@code |= "a" | json | status >= 400}. */
final class PipelineParser {
  private final TokenStream tokens;
  private final LabelFilterParser labelFilters;
  private final UnwrapParser unwraps;

  PipelineParser(TokenStream tokens, LabelFilterParser labelFilters) {
    this.tokens = tokens;
    this.labelFilters = labelFilters;
    this.unwraps = new UnwrapParser(tokens, labelFilters);
  }

  /** The stages, and the unwrap behind them or null. */
  record Stages(List<StageExpr> stages, MetricExpr.Unwrap unwrap) {
    boolean isEmpty() {
      return stages.isEmpty() && unwrap == null;
    }
  }

  /**
   * Reads all stages that follow, none included.
   *
   * @param mayUnwrap whether the pipeline may end in an unwrap, as it may inside a range function
   */
  Stages parse(boolean mayUnwrap) {
    List<StageExpr> stages = new ArrayList<>();
    while (true) {
      LineFilter.Op op = filterOp(tokens.peekKind());
      if (op != null) {
        tokens.take();
        stages.add(lineFilter(op));
      } else if (tokens.accept(TokenKind.PIPE)) {
        if (mayUnwrap && tokens.accept(TokenKind.UNWRAP)) {
          return new Stages(stages, unwraps.parse());
        }
        stages.add(stage());
      } else {
        return new Stages(stages, null);
      }
    }
  }

  /** Reads an unwrap and nothing else. */
  Stages parseUnwrap() {
    tokens.expect(TokenKind.PIPE);
    tokens.expect(TokenKind.UNWRAP);
    return new Stages(List.of(), unwraps.parse());
  }

  private static LineFilter.Op filterOp(TokenKind kind) {
    return switch (kind) {
      case CONTAINS -> LineFilter.Op.CONTAINS;
      case NOT_EQUAL -> LineFilter.Op.NOT_CONTAINS;
      case MATCHES_REGEX -> LineFilter.Op.REGEX;
      case NOT_REGEX -> LineFilter.Op.NOT_REGEX;
      case MATCHES_PATTERN -> LineFilter.Op.PATTERN;
      case NOT_PATTERN -> LineFilter.Op.NOT_PATTERN;
      default -> null;
    };
  }

  private LineFilter lineFilter(LineFilter.Op op) {
    List<LineFilter.Alternative> alternatives = new ArrayList<>();
    do {
      alternatives.add(alternative());
    } while (tokens.accept(TokenKind.OR));
    return new LineFilter(op, alternatives);
  }

  private LineFilter.Alternative alternative() {
    if (tokens.accept(TokenKind.IP)) {
      tokens.expect(TokenKind.OPEN_PAREN);
      String pattern = tokens.expect(TokenKind.STRING).text();
      tokens.expect(TokenKind.CLOSE_PAREN);
      return new LineFilter.Alternative(pattern, true);
    }
    String text = tokens.expect(TokenKind.STRING, Expected.LINE_FILTER).text();
    return new LineFilter.Alternative(text, false);
  }

  /** Reads what follows a pipe. */
  private StageExpr stage() {
    return switch (tokens.peekKind()) {
      case IDENTIFIER, OPEN_PAREN -> new StageExpr.LabelFilter(labelFilters.parse(Expected.MANY));
      case JSON -> {
        tokens.take();
        yield new StageExpr.Json(extractions());
      }
      case LOGFMT -> logfmt();
      case REGEXP -> {
        tokens.take();
        yield ParserStages.regexp(tokens.expect(TokenKind.STRING).text());
      }
      case PATTERN -> {
        tokens.take();
        yield ParserStages.pattern(tokens.expect(TokenKind.STRING).text());
      }
      case UNPACK -> {
        tokens.take();
        yield new StageExpr.Unpack();
      }
      case LINE_FORMAT -> {
        tokens.take();
        yield new StageExpr.LineFormat(tokens.expect(TokenKind.STRING).text());
      }
      case LABEL_FORMAT -> {
        tokens.take();
        yield new StageExpr.LabelFormat(list(this::formatItem));
      }
      case DECOLORIZE -> {
        tokens.take();
        yield new StageExpr.Decolorize();
      }
      case DROP -> {
        tokens.take();
        yield new StageExpr.Drop(list(this::labelItem));
      }
      case KEEP -> {
        tokens.take();
        yield new StageExpr.Keep(list(this::labelItem));
      }
      default -> throw tokens.unexpected(Expected.MANY);
    };
  }

  private StageExpr logfmt() {
    tokens.take();
    boolean strict = false;
    boolean keepEmpty = false;
    while (tokens.peekKind() == TokenKind.FUNCTION_FLAG) {
      boolean isStrict = tokens.take().text().equals(Lexer.FLAG_STRICT);
      strict |= isStrict;
      keepEmpty |= !isStrict;
    }
    return new StageExpr.Logfmt(strict, keepEmpty, extractions());
  }

  private List<StageExpr.Extraction> extractions() {
    return tokens.peekKind() == TokenKind.IDENTIFIER ? list(this::extraction) : List.of();
  }

  private <T> List<T> list(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    do {
      items.add(item.get());
    } while (tokens.accept(TokenKind.COMMA));
    return items;
  }

  private StageExpr.Extraction extraction() {
    String label = tokens.expect(TokenKind.IDENTIFIER).text();
    String path = tokens.accept(TokenKind.EQUAL) ? tokens.expect(TokenKind.STRING).text() : label;
    return new StageExpr.Extraction(label, path);
  }

  private StageExpr.LabelFormat.Item formatItem() {
    String label = tokens.expect(TokenKind.IDENTIFIER).text();
    tokens.expect(TokenKind.EQUAL);
    return switch (tokens.peekKind()) {
      case IDENTIFIER -> new StageExpr.LabelFormat.Item(label, tokens.take().text(), true);
      case STRING -> new StageExpr.LabelFormat.Item(label, tokens.take().text(), false);
      default -> throw tokens.unexpected(Expected.FORMAT_SOURCE);
    };
  }

  private StageExpr.Item labelItem() {
    String label = tokens.expect(TokenKind.IDENTIFIER).text();
    Matcher.Type type = SelectorParser.matcherType(tokens.peekKind());
    if (type == null) {
      return new StageExpr.Item(label, null);
    }
    tokens.take();
    String value = tokens.expect(TokenKind.STRING).text();
    return new StageExpr.Item(label, SelectorParser.matcher(label, type, value));
  }
}
