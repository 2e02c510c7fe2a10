package dev.skald.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
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

  @Test
  void printsSizesThatCanBeReadAgain() {
    String printed = PrettyPrinter.print(Parser.parse("{a=\"b\"} | size > 5000TB"));

    assertThat(printed).isEqualTo("{a=\"b\"} | size>5000000000000000B");
    assertThat(PrettyPrinter.print(Parser.parse(printed))).isEqualTo(printed);
  }
}
