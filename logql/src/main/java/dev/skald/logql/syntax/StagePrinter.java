package dev.skald.logql.syntax;

import dev.skald.logql.GoQuote;
import dev.skald.logql.Matcher;
import dev.skald.logql.syntax.StageExpr.LineFilter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints selectors, stages and label filters in their canonical form (logql.md §6). */
final class StagePrinter {
  private StagePrinter() {}

  static String selector(List<Matcher> matchers) {
    return matchers.stream().map(Matcher::toString).collect(Collectors.joining(", ", "{", "}"));
  }

  static String stage(StageExpr stage) {
    return switch (stage) {
      case LineFilter filter -> lineFilter(filter);
      case StageExpr.Json json -> "| json" + extractions(json.extractions());
      case StageExpr.Logfmt logfmt -> logfmt(logfmt);
      case StageExpr.Regexp regexp -> "| regexp " + GoQuote.quote(regexp.pattern());
      case StageExpr.Pattern pattern -> "| pattern " + GoQuote.quote(pattern.pattern());
      case StageExpr.Unpack _ -> "| unpack";
      case StageExpr.LabelFilter filter -> "| " + predicate(filter.predicate());
      case StageExpr.LineFormat format -> "| line_format " + GoQuote.quote(format.template());
      case StageExpr.LabelFormat format ->
          "| label_format " + list(format.items(), StagePrinter::formatItem);
      case StageExpr.Decolorize _ -> "| decolorize";
      case StageExpr.Drop drop -> "| drop " + list(drop.items(), StagePrinter::labelItem);
      case StageExpr.Keep keep -> "| keep " + list(keep.items(), StagePrinter::labelItem);
    };
  }

  private static <T> String list(List<T> items, Function<T, String> print) {
    return items.stream().map(print).collect(Collectors.joining(","));
  }

  private static String lineFilter(LineFilter filter) {
    return filter.alternatives().stream()
        .map(StagePrinter::alternative)
        .collect(Collectors.joining(" or ", filter.op().text() + " ", ""));
  }

  private static String alternative(LineFilter.Alternative alternative) {
    String text = GoQuote.quote(alternative.text());
    return alternative.ip() ? "ip(" + text + ")" : text;
  }

  private static String logfmt(StageExpr.Logfmt logfmt) {
    return "| logfmt"
        + (logfmt.strict() ? " " + Lexer.FLAG_STRICT : "")
        + (logfmt.keepEmpty() ? " " + Lexer.FLAG_KEEP_EMPTY : "")
        + extractions(logfmt.extractions());
  }

  private static String extractions(List<StageExpr.Extraction> extractions) {
    return extractions.isEmpty()
        ? ""
        : " " + list(extractions, e -> e.label() + "=" + GoQuote.quote(e.path()));
  }

  private static String formatItem(StageExpr.LabelFormat.Item item) {
    return item.label() + "=" + (item.rename() ? item.source() : GoQuote.quote(item.source()));
  }

  private static String labelItem(StageExpr.Item item) {
    return item.matcher() == null ? item.label() : item.matcher().toString();
  }

  static String predicate(LabelPredicate predicate) {
    return switch (predicate) {
      case LabelPredicate.Text text -> text.matcher().toString();
      case LabelPredicate.Number number ->
          number.label() + number.comparison().text() + GoFloat.plain(number.value());
      case LabelPredicate.Duration duration ->
          duration.label() + duration.comparison().text() + Durations.printGo(duration.nanos());
      case LabelPredicate.Bytes bytes ->
          bytes.label() + bytes.comparison().text() + ByteSizes.printExact(bytes.bytes());
      case LabelPredicate.Ip ip ->
          ip.label() + (ip.negative() ? "!=" : "=") + "ip(" + GoQuote.quote(ip.pattern()) + ")";
      case LabelPredicate.And and ->
          "( " + predicate(and.left()) + " , " + predicate(and.right()) + " )";
      case LabelPredicate.Or or ->
          "( " + predicate(or.left()) + " or " + predicate(or.right()) + " )";
    };
  }
}
