package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.syntax.ParseException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts of logql.md §4.1 and §26.2. */
final class StageErrorsTest {
  private static final String TEXTS =
      """
      |~ "["  ⇒  error parsing regexp: missing closing ]: `[`
      |> "<foo> x"  ⇒  named captures are not allowed: found '<foo>'
      |> "<_><_>"  ⇒  found consecutive capture '<_><_>': invalid expression
      |= ip("zz")  ⇒  ip: invalid pattern: "zz"
      |~ ip("1.1.1.1")  ⇒  ip: invalid operation
      | addr=ip("zz")  ⇒  ip: invalid pattern: "zz"
      | json foo="a..b"  ⇒  cannot parse expression [a..b]: syntax error: unexpected DOT, expecting FIELD
      | json a="arr.0"  ⇒  cannot parse expression [arr.0]: syntax error: unexpected $end, expecting FIELD
      | json a="arr[-1]"  ⇒  cannot parse expression [arr[-1]]: syntax error: unexpected $end, expecting STRING or INDEX
      | json a="1"  ⇒  cannot parse expression [1]: syntax error: unexpected $end, expecting LSB or FIELD
      | json a="app]"  ⇒  cannot parse expression [app]]: syntax error: unexpected RSB
      | logfmt a="b c"  ⇒  cannot parse expression [b c]: syntax error: unexpected KEY
      | logfmt a="b.c"  ⇒  cannot parse expression [b.c]: unexpected char .
      | logfmt a=""  ⇒  cannot parse expression []: syntax error: unexpected $end, expecting STRING or KEY
      | line_format "{{.a"  ⇒  invalid line template: template: line:1: unclosed action
      | line_format "{{ foo .a }}"  ⇒  invalid line template: template: line:1: function "foo" not defined
      | line_format "{{end}}"  ⇒  invalid line template: template: line:1: unexpected {{end}}
      | label_format a=b,a=c  ⇒  multiple label name 'a' not allowed in a single format operation
      | label_format __error__=b  ⇒  __error__ cannot be formatted
      | label_format a="{{.x"  ⇒  invalid template for label 'a': template: label:1: unclosed action
      |= "x" != "y" |~ "("  ⇒  error parsing regexp: missing closing ): `(`
      """;

  static Stream<String> texts() {
    return TEXTS.lines();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void namesTheStageAndTheCause(String text) {
    String stage = text.substring(0, text.indexOf("  ⇒  "));
    String cause = text.substring(text.indexOf("  ⇒  ") + 5);
    String message = "parse error : stage '" + stage + "' : " + cause;
    assertThatThrownBy(() -> Lines.of("x").through(stage))
        .isInstanceOf(ParseException.class)
        .hasMessage(message);
    String metric = "count_over_time({t=\"x\"} " + stage + " |= \"x\" [5m])";
    assertThatThrownBy(() -> Lines.extractor(metric)).isInstanceOf(ParseException.class);
  }
}
