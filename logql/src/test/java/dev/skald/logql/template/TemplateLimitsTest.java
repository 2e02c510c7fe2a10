package dev.skald.logql.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that mean harm. */
final class TemplateLimitsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{define \"t\"}}{{template \"t\"}}{{end}}{{template \"t\"}}",
        "{{define \"t\"}}{{if 1}}{{with 1}}{{template \"t\" (print (print"
            + " .))}}{{end}}{{end}}{{end}}{{template \"t\"}}",
        "{{range 9000000000000000000}}{{end}}",
        "{{range 100000}}{{range 100000}}{{end}}{{end}}",
        "{{repeat 2000000000 \"xxxx\"}}",
        "{{repeat 9223372036854775807 \"xxxx\"}}",
        "{{indent 2000000 \"\\n\\n\\n\\n\\n\"}}",
        "{{$x := \"xxxxxxxx\"}}{{range 60}}{{$x = printf \"%s%s\" $x $x}}{{end}}",
        "{{$x := \"xxxxxxxx\"}}{{range 60}}{{$x = replace \"x\" $x $x}}{{end}}",
        "{{alignLeft 2000000000 \"x\"}}",
        "{{range 1000}}{{printf \"%999999d\" 1}}{{end}}",
        "{{range 1000}}{{printf \"%.999999f\" 1.5}}{{end}}",
        "{{$x := repeat 1000000 \"[\"}}{{range 1000}}{{fromJson $x}}{{end}}{{div 1 0}}",
        "{{duration (repeat 4000000 \"9\")}}",
        "{{unixToTime \"9999999999999999\" | date (repeat 4000000 \"Monday\")}}",
      })
  void failInTime(String text) {
    Template template = Template.compile("line", text);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () ->
            assertThatThrownBy(() -> template.execute(FakeEntry.sample(), new TemplateOutput()))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("template: line:1:"));
  }

  @Test
  void stopsAtTheLimitOfTheOutput() {
    TemplateOutput out = new TemplateOutput(1000);
    assertThatThrownBy(
            () -> Template.compile("line", "{{range 1000}}{{$.b}}{{end}}").execute(sample(), out))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("the output is longer than 1000 bytes");
    assertThat(out.length()).isLessThanOrEqualTo(1000);
  }

  private static FakeEntry sample() {
    return FakeEntry.sample();
  }

  @Test
  void usesItsOutputAgain() {
    TemplateOutput out = new TemplateOutput();
    Template template = Template.compile("line", "<{{.b}}>");
    template.execute(sample(), out);
    out.clear();
    template.execute(sample(), out);
    assertThat(out.toString()).isEqualTo("<hello>");
  }
}
