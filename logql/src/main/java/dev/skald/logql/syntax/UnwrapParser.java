package dev.skald.logql.syntax;

import dev.skald.logql.syntax.MetricExpr.Unwrap;
import java.util.ArrayList;
import java.util.List;

/** Reads what follows {@code | unwrap}: a label, a conversion of it, filters behind it. */
final class UnwrapParser {
  private final TokenStream tokens;
  private final LabelFilterParser labelFilters;

  UnwrapParser(TokenStream tokens, LabelFilterParser labelFilters) {
    this.tokens = tokens;
    this.labelFilters = labelFilters;
  }

  Unwrap parse() {
    Unwrap.Conversion conversion = conversion(tokens.peekKind());
    String label;
    if (conversion == Unwrap.Conversion.NONE) {
      label = tokens.expect(TokenKind.IDENTIFIER, Expected.UNWRAP).text();
    } else {
      tokens.take();
      tokens.expect(TokenKind.OPEN_PAREN);
      label = tokens.expect(TokenKind.IDENTIFIER).text();
      tokens.expect(TokenKind.CLOSE_PAREN);
    }
    List<LabelPredicate> filters = new ArrayList<>();
    while (tokens.accept(TokenKind.PIPE)) {
      filters.add(labelFilters.parse(Expected.LABEL_FILTER));
    }
    return new Unwrap(conversion, label, filters);
  }

  private static Unwrap.Conversion conversion(TokenKind kind) {
    return switch (kind) {
      case BYTES_CONV -> Unwrap.Conversion.BYTES;
      case DURATION_CONV -> Unwrap.Conversion.DURATION;
      case DURATION_SECONDS_CONV -> Unwrap.Conversion.DURATION_SECONDS;
      default -> Unwrap.Conversion.NONE;
    };
  }
}
