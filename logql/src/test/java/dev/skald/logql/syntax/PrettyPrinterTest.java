package dev.skald.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PrettyPrinterTest {
  static List<Cases.Case> formatted() {
    return Cases.read("formatted.txt");
  }

  @ParameterizedTest
  @MethodSource("formatted")
  void formatsAsLokiDoes(Cases.Case query) {
    assertThat(PrettyPrinter.print(Parser.parse(query.query()))).isEqualTo(query.expected());
  }
}
