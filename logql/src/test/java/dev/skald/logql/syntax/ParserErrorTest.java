package dev.skald.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ParserErrorTest {
  static List<Cases.Case> specified() {
    return Cases.read("errors.txt");
  }

  static List<Cases.Case> recorded() {
    return Cases.read("recorded-errors.txt");
  }

  @ParameterizedTest
  @MethodSource("specified")
  void saysWhatIsWrongAndWhere(Cases.Case wrong) {
    assertError(wrong.query(), wrong.expected());
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void saysWhatLokiSaid(Cases.Case wrong) {
    assertError(wrong.query(), wrong.expected());
  }

  private static void assertError(String query, String message) {
    assertThatThrownBy(() -> Parser.parse(query))
        .isInstanceOf(ParseException.class)
        .hasMessage(message);
  }

  @Test
  void rejectsAQueryOfTheSizeLimit() {
    String query = "1" + " ".repeat(131071);

    assertError(query, "parse error : input size too long (131072 > 131072)");
    assertThat(Parser.parse(query.substring(1, 131071) + "1")).isInstanceOf(MetricExpr.class);
  }
}
