package dev.skald.logql.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no template, and what a template names (logql.md §8.6, §13.1, §26). */
final class TemplateSyntaxTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "⇒",
      quoteCharacter = '\u0001',
      textBlock =
          """
          {{.a ⇒ unclosed action
          {{ ⇒ unclosed action
          {{ foo .a }} ⇒ function "foo" not defined
          {{ join "," .a }} ⇒ function "join" not defined
          {{.a} ⇒ bad character U+007D '}'
          {{if .a}}x ⇒ unexpected EOF
          {{end}} ⇒ unexpected {{end}}
          {{else}} ⇒ unexpected {{else}}
          {{ | upper }} ⇒ unexpected "|" in command
          {{ .a-b }} ⇒ bad character U+002D '-'
          {{ $y }} ⇒ undefined variable "$y"
          {{break}} ⇒ {{break}} outside {{range}}
          {{range .a}}{{define "x"}}{{end}}{{end}} ⇒ unexpected <define> in command
          {{continue 1}} ⇒ unexpected "1" in {{continue}}
          {{}} ⇒ missing value for command
          {{if}}x{{end}} ⇒ missing value for if
          {{(.a}} ⇒ unclosed left paren
          {{.a)}} ⇒ unexpected right paren
          {{"a}} ⇒ unterminated quoted string
          {{`a}} ⇒ unterminated raw quoted string
          {{'a}} ⇒ unterminated character constant
          {{'ab'}} ⇒ malformed character constant: 'ab'
          {{"\\q"}} ⇒ invalid syntax
          {{1x}} ⇒ bad number syntax: "1x"
          {{08}} ⇒ integer overflow: "08"
          {{1-2}} ⇒ bad number syntax: "1-2"
          {{/* x }} ⇒ unclosed comment
          {{/* x */ }} ⇒ comment ends before closing delimiter
          {{.a : 1}} ⇒ expected :=
          {{"a".b}} ⇒ unexpected . after term "\\"a\\""
          {{1 | 2}} ⇒ non executable command in pipeline stage 2
          {{$a, $b := 1}} ⇒ too many declarations in command
          {{if 1}}{{else}}{{else}}{{end}} ⇒ expected end; found {{else}}
          {{template}} ⇒ unexpected "}}" in template clause
          {{define "x"}}a{{end}}{{define "x"}}b{{end}} ⇒ template: multiple definition of template "x"
          {{.a ! }} ⇒ unexpected "!" in operand
          {{é}} ⇒ function "é" not defined
          {{.a "averylongstring" !}} ⇒ unexpected "!" in operand
          {{\u0001}} ⇒ unrecognized character in action: U+0001
          """)
  void refuses(String text, String error) {
    assertThatThrownBy(() -> Template.compile("line", text))
        .isInstanceOf(TemplateSyntaxException.class)
        .hasMessage("template: line:1: " + error);
  }

  @Test
  void namesTheLineOfTheErrorAndOfTheAction() {
    assertThatThrownBy(() -> Template.compile("label", "a\n{{ .b\n.c-d }}"))
        .hasMessage("template: label:3: bad character U+002D '-' in action started at label:2");
    assertThatThrownBy(() -> Template.compile("label", "a\n{{ .b\n"))
        .hasMessage("template: label:3: unclosed action started at label:2");
  }

  @Test
  void refusesToNestWithoutEnd() {
    String deep = "{{" + "(".repeat(5000) + "1" + ")".repeat(5000) + "}}";
    assertThatThrownBy(() -> Template.compile("line", deep))
        .isInstanceOf(TemplateSyntaxException.class)
        .hasMessageContaining("nested more than 200 deep");
    assertThatThrownBy(() -> Template.compile("line", "{{if 1}}".repeat(5000)))
        .isInstanceOf(TemplateSyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "{{.x}},x",
    "{{ .x }},x",
    "{{- .x -}},x",
    "{{.é}},é",
    "{{.x}}-,",
    "{{.x.y}},",
    "{{.x|upper}},",
    "{{.}},",
    "{{$.x}},",
    "x,"
  })
  void tellsATemplateOfOneField(String text, String field) {
    assertThat(Template.compile("line", text).soleField()).isEqualTo(field);
  }

  @Test
  void namesItsPlainFields() {
    String text =
        "{{.a}}{{if eq .b (upper .c)}}{{with .d}}{{.e}}{{end}}{{else}}{{range .f}}{{.g.h}}{{end}}"
            + "{{end}}{{$.i}}{{index . \"j\"}}{{define \"t\"}}{{.k}}{{end}}{{template \"t\" .l}}";
    assertThat(Template.compile("line", text).fields())
        .containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f", "g", "k", "l");
  }
}
