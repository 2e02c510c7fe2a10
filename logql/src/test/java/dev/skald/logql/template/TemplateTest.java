package dev.skald.logql.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The language of templates (logql.md §13.4). */
final class TemplateTest {
  private final FakeEntry entry = FakeEntry.sample();

  @ParameterizedTest
  @CsvSource(
      delimiterString = "⇒",
      quoteCharacter = '\u0001',
      textBlock =
          """
          {{.a}}-{{.nope}} ⇒ 5-
          {{if .nope}}y{{else if eq .a "4"}}4{{else if eq .a "5"}}5{{else}}n{{end}} ⇒ 5
          {{with .b}}[{{.}}]{{end}}{{with .nope}}y{{else}}n{{end}}{{with .nope}}1{{else with .a}}{{.}}{{end}} ⇒ [hello]n5
          {{if "0"}}t{{end}}{{if 0}}z{{end}}{{if 0.0}}f{{end}}{{if ""}}e{{end}}{{if fromJson "{}"}}m{{end}} ⇒ t
          {{range $k, $v := .}}{{$k}}={{$v}} {{end}}| ⇒ a=5 b=hello d=2.9 e=abc f=-7 u=héllo |
          {{range 3}}{{.}}{{end}} {{range $i := 2}}{{$i}}{{end}} {{range 0}}x{{else}}none{{end}} ⇒ 012 01 none
          {{range fromJson "[1,\\"b\\",null]"}}<{{.}}>{{end}} ⇒ <1><b><<no value>>
          {{range $i, $x := fromJson "[7,8]"}}{{$i}}:{{$x}} {{end}}| ⇒ 0:7 1:8 |
          {{range fromJson "[]"}}x{{else}}empty{{end}}{{range fromJson "{"}}x{{else}}nil{{end}} ⇒ emptynil
          {{range 9}}{{if eq . 2}}{{continue}}{{end}}{{if eq . 4}}{{break}}{{end}}{{.}}{{end}}! ⇒ 013!
          {{range 2}}{{range 9}}{{if eq . 1}}{{break}}{{end}}{{.}}{{end}}-{{end}} ⇒ 0-0-
          {{define "t"}}<{{.}}>{{end}}{{template "t" .a}}{{template "t"}} ⇒ <5><<no value>>
          {{block "t" .b}}[{{.}}]{{end}}{{template "t" 1}} ⇒ [hello][1]
          {{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}{{if true}}{{$x := 3}}{{end}}{{$x}} ⇒ 22
          {{with .a}}{{$.b}}{{end}} ⇒ hello
          a {{- /* c */ -}} b{{/* d */}}  {{- " x " -}}  c ⇒ ab x c
          {{'a'}} {{'\\n'}} {{'é'}} {{`raw\\n`}} {{"q\\t|\\x41\\u00e9\\101"}} ⇒ 97 10 233 raw\\n q\t|AéA
          {{ .a | }} ⇒ 5
          {{(fromJson "{\\"x\\":{\\"y\\":[1]}}").x.y}} ⇒ [1]
          {{$j := fromJson "{\\"x\\":{\\"y\\":1}}"}}{{$j.x.y}}{{$j.z}} ⇒ 1<no value>
          {{eq .a "4" "5"}} {{ne 1 2}} {{lt 1 2}} {{le 2 2}} {{gt 1 2}} {{ge 1.5 1.5}} {{eq (len .b) 5}} ⇒ true true true true false true true
          {{lt "a" "b"}} {{eq true true}} {{eq 1 (add 1)}} {{eq nil nil}} ⇒ true true true true
          {{and 1 0 2}} {{and 1 "x"}} {{or 0 "" "y"}} {{or 0 ""}}| {{not .a}} {{.nope | or "d"}} {{and true .a | len}} ⇒ 0 x y | false d 1
          {{or true (div 1 0)}} {{and 0 (div 1 0)}} ⇒ true 0
          {{len .u}} {{len (fromJson "[1,2]")}} {{len .}} ⇒ 6 2 6
          {{index . "b"}} {{index .b 1}} {{index . "nope"}}| {{index (fromJson "{\\"x\\":2}") "x"}} ⇒ hello 101 | 2
          {{slice .b 1 3}} {{slice .b 2}} {{slice .b}} {{slice (fromJson "[1,2,3]") 1}} ⇒ el llo hello [2 3]
          {{print 1 2 "x" 3 4 .a true nil}} {{print}}| ⇒ 1 2x3 45true <nil> |
          {{html "<a href='x'>&\\"</a>"}} {{urlquery "a b" "/"}} ⇒ &lt;a href=&#39;x&#39;&gt;&amp;&#34;&lt;/a&gt; a+b%2F
          {{js "it's \\"<é>\\" a=b&c\\n"}} ⇒ it\\'s \\"\\u003Cé\\u003E\\" a\\u003Db\\u0026c\\u000A
          {{999999.0}} {{123456.7}} {{0.0001}} {{1e6}} {{12345678.0}} {{2e7}} {{0.00001}} {{100}} {{1.0}} ⇒ 999999 123456.7 0.0001 1e+06 1.2345678e+07 2e+07 1e-05 100 1
          {{0x10}} {{0b11}} {{0o17}} {{1_000}} {{.5}} {{-3}} {{+3}} {{1e3}} {{0x1p4}} ⇒ 16 3 15 1000 0.5 -3 3 1000 16
          {{.}} ⇒ map[a:5 b:hello d:2.9 e:abc f:-7 u:héllo]
          {{__line__}} {{__timestamp__}} ⇒ the line 2026-11-23 11:36:21.123456789 +0000 UTC
          """)
  void prints(String template, String expected) {
    assertThat(entry.format(template)).isEqualTo(expected);
  }

  @Test
  void printlnEndsTheLine() {
    assertThat(entry.format("{{println 1 \"x\" 2}}{{println}}")).isEqualTo("1 x 2\n\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "⇒",
      quoteCharacter = '\u0001',
      textBlock =
          """
          {{nil}} ⇒ 1:2: executing "line" at <nil>: nil is not a command
          {{ nil }} ⇒ 1:3: executing "line" at <nil>: nil is not a command
          {{.a.b}} ⇒ 1:4: executing "line" at <.a.b>: can't evaluate field b in type string
          {{range .e}}x{{end}} ⇒ 1:8: executing "line" at <.e>: range can't iterate over abc
          {{range $i, $x := 3}}{{end}} ⇒ 1:18: executing "line" at <3>: can't use 3 to iterate over more than one variable
          {{eq .a 5}} ⇒ 1:2: executing "line" at <eq .a 5>: error calling eq: incompatible types for comparison: string and int
          {{lt 1 1.5}} ⇒ 1:2: executing "line" at <lt 1 1.5>: error calling lt: incompatible types for comparison: int and float64
          {{lt true false}} ⇒ 1:2: executing "line" at <lt true false>: error calling lt: invalid type for comparison
          {{eq 1}} ⇒ 1:2: executing "line" at <eq 1>: error calling eq: missing argument for comparison
          {{template "x"}} ⇒ 1:11: executing "line" at <{{template "x"}}>: template "x" not defined
          {{define "t"}}{{div 1 0}}{{end}}{{template "t"}} ⇒ 1:16: executing "t" at <div 1 0>: error calling div: runtime error: integer divide by zero
          {{.a 1}} ⇒ 1:2: executing "line" at <.a>: a is not a method but has arguments
          {{1 2}} ⇒ 1:2: executing "line" at <1>: can't give argument to non-function 1
          {{.a | len | .b}} ⇒ 1:13: executing "line" at <.b>: b is not a method but has arguments
          {{index .b 9}} ⇒ 1:2: executing "line" at <index .b 9>: error calling index: index out of range: 9
          {{index .b 5}} ⇒ 1:2: executing "line" at <index .b 5>: error calling index: reflect: string index out of range
          {{index (fromJson "[1]") 1}} ⇒ 1:2: executing "line" at <index (fromJson "[1]") 1>: error calling index: reflect: slice index out of range
          {{$x = 5}} ⇒ 1:7: executing "line" at <5>: undefined variable: $x
          {{len 1}} ⇒ 1:2: executing "line" at <len 1>: error calling len: len of type int
          {{slice .b 3 1}} ⇒ 1:2: executing "line" at <slice .b 3 1>: error calling slice: invalid slice index: 3 > 1
          {{call .a}} ⇒ 1:2: executing "line" at <call .a>: error calling call: non-function 5 of type string
          {{(fromJson "{}").x.y}} ⇒ 1:12: executing "line" at <"{}">: nil pointer evaluating interface {}.y
          {{now.Foo}} ⇒ 1:2: executing "line" at <now>: can't evaluate field Foo in type time.Time
          {{upper nil}} ⇒ 1:8: executing "line" at <nil>: cannot assign nil to string
          {{$x := 5}}{{$x.y}} ⇒ 1:15: executing "line" at <$x.y>: can't evaluate field y in type int
          é{{div 1 0}} ⇒ 1:4: executing "line" at <div 1 0>: error calling div: runtime error: integer divide by zero
          {{18446744073709551615}} ⇒ 1:2: executing "line" at <18446744073709551615>: 18446744073709551615 overflows int
          """)
  void failsAsGoDoes(String template, String error) {
    assertThatThrownBy(() -> entry.format(template))
        .isInstanceOf(TemplateException.class)
        .hasMessage("template: line:" + error);
  }

  @Test
  void namesLineAndColumnOfTheFailingNode() {
    assertThatThrownBy(() -> entry.format("a\nbc{{ if 1 }}\n  {{ div .a 0 | upper }}{{end}}"))
        .hasMessageStartingWith("template: line:3:5: executing \"line\" at <div .a 0>: ");
  }

  @Test
  void keepsWhatWasWrittenBeforeAFailure() {
    TemplateOutput out = new TemplateOutput();
    Template template = Template.compile("line", "x{{div 1 0}}");
    assertThatThrownBy(() -> template.execute(entry, out)).isInstanceOf(TemplateException.class);
    assertThat(out.toString()).isEqualTo("x");
  }

  @Test
  void runsOnOtherDotsWithOtherFunctions() {
    Functions functions =
        Functions.builtins()
            .with(Map.of("shout", Function.of(c -> c.string(0) + "!", Function.Parameter.STRING)));
    Object dot = Map.of("Labels", entry, "Value", 1.5, "List", List.of("x", Map.of("Value", 2.0)));
    Template template =
        Template.compile(
            "__alert_x",
            "{{$l := .Labels}}{{$l.b | shout}} {{$l.nope}}{{.Value}} {{(index .List 1).Value}}",
            functions);
    TemplateOutput out = new TemplateOutput();
    template.executeOn(dot, out);
    assertThat(out.toString()).isEqualTo("hello! 1.5 2");
    assertThatThrownBy(() -> Template.compile("x", "{{now}}", functions))
        .hasMessage("template: x:1: function \"now\" not defined");
  }
}
