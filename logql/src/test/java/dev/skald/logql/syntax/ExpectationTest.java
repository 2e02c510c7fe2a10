package dev.skald.logql.syntax;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ExpectationTest {
  static List<Cases.Case> beginnings() {
    return Cases.readLines("expectations.txt").stream().map(ExpectationTest::split).toList();
  }

  private static Cases.Case split(String line) {
    int arrow = line.lastIndexOf(" => ");
    return new Cases.Case(line.substring(0, arrow), line.substring(arrow + 4));
  }

  @ParameterizedTest
  @MethodSource("beginnings")
  void listsWhatMayFollow(Cases.Case beginning) {
    String query = beginning.query() + " ]";
    String list = beginning.expected().isEmpty() ? "" : ", expecting " + beginning.expected();

    assertThatThrownBy(() -> Parser.parse(query))
        .isInstanceOf(ParseException.class)
        .hasMessage(
            "parse error at line 1, col " + query.length() + ": syntax error: unexpected ]" + list);
  }
}
