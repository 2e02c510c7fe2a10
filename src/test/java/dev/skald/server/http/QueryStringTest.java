package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueryStringTest {
  @Test
  void readsPairs() {
    assertThat(QueryString.decode("query=%7Ba%3D%22b%22%7D&limit=5&x&=y&match[]=1&match[]=2&&"))
        .isEqualTo(
            Map.of(
                "query", List.of("{a=\"b\"}"),
                "limit", List.of("5"),
                "x", List.of(""),
                "", List.of("y"),
                "match[]", List.of("1", "2")));
  }

  @Test
  void addsToWhatIsThere() {
    Map<String, List<String>> pairs = QueryString.decode("a=body");
    QueryString.decode("a=url&b=c", pairs);
    assertThat(pairs).isEqualTo(Map.of("a", List.of("body", "url"), "b", List.of("c")));
  }

  @Test
  void readsNothing() {
    assertThat(QueryString.decode("")).isEmpty();
  }

  @Test
  void readsNoMoreThanAThousandPairs() {
    Map<String, List<String>> pairs = QueryString.decode("a=1&".repeat(999));
    QueryString.decode("b&&", pairs);
    assertThat(pairs.get("a")).hasSize(999);
    assertThatThrownBy(() -> QueryString.decode("c", pairs))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessage("too many parameters: at most 1000 are taken");
  }

  @ParameterizedTest
  @CsvSource({
    "a+b, 'a b'",
    "a%20b, 'a b'",
    "a%2Bb, a+b",
    "%c3%BC, ü",
    "ü, ü",
    "a=b, a=b",
    "%25, %",
  })
  void undoesPercentEncoding(String text, String expected) {
    assertThat(QueryString.unescape(text, true)).isEqualTo(expected);
  }

  @Test
  void leavesThePlusOfAPathAlone() {
    assertThat(QueryString.unescape("/a+b%20c", false)).isEqualTo("/a+b c");
  }

  @ParameterizedTest
  @CsvSource({"%zz, %zz", "a%2, %2", "a%, %", "%2gx, %2g", "%-1x, %-1"})
  void namesABadEscape(String text, String bad) {
    assertThatThrownBy(() -> QueryString.unescape(text, true))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessage("invalid URL escape \"" + bad + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "/a b, /a%20b",
    "/ü?, /%C3%BC%3F",
    "'/a\r\nb', /a%0D%0Ab",
    "/50%, /50%25"
  })
  void escapesPaths(String path, String expected) {
    assertThat(QueryString.escapePath(path)).isEqualTo(expected);
    assertThat(QueryString.unescape(expected, false)).isEqualTo(path);
  }
}
