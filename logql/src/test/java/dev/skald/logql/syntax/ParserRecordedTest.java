package dev.skald.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ParserRecordedTest {
  static List<String> valid() {
    return Cases.readLines("recorded-valid.txt").stream().filter(query -> !folds(query)).toList();
  }

  /** A literal that is not finite has a text, but not one that a query may hold. */
  private static boolean folds(String query) {
    return Parser.parse(query) instanceof MetricExpr.Literal literal
        && !Double.isFinite(literal.value());
  }

  @ParameterizedTest
  @MethodSource("valid")
  void readsBackWhatItPrints(String query) {
    Expr expr = Parser.parse(query);
    String printed = Printer.print(expr);

    assertThat(Printer.print(Parser.parse(printed))).isEqualTo(printed);
    assertThat(Printer.print(Parser.parse(PrettyPrinter.print(expr)))).isEqualTo(printed);
  }
}
