package dev.skald.ruler.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.eval.QueryResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlertTemplatesTest {
  private static final Labels LABELS =
      Labels.of("app", "wéb", "instance", "db-1.example.com:9090", "n", "1234567");
  private static final QueryResult.Vector RESULT =
      new QueryResult.Vector(
          0,
          List.of(Labels.of("app", "b", "__value__", "t"), Labels.of("app", "a")),
          new double[] {2, 1.5},
          List.of());

  private static final TemplateQueries QUERIES =
      new TemplateQueries() {
        @Override
        public QueryResult.Vector evaluate(String expression) {
          return switch (expression) {
            case "none" -> new QueryResult.Vector(0, List.of(), new double[0], List.of());
            case "bad" -> throw QueryException.badRequest("parse error");
            default -> RESULT;
          };
        }

        @Override
        public Optional<String> lastLine(String query, Duration within)
            throws InterruptedException {
          if (query.equals("slow")) {
            throw new InterruptedException();
          }
          return query.equals("none") ? Optional.empty() : Optional.of(query + " ö " + within);
        }
      };

  private final AlertTemplates templates =
      new AlertTemplates(
          "Down",
          new AlertLinks("https://grafana/sub", Map.of("cluster", "eu")),
          QUERIES,
          Instant.parse("2024-05-01T10:00:00.250Z"));

  private String expand(String text, double value) {
    return templates.expand(text, LABELS, value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          plain text                                   ~ plain text
          {{ $labels.app }} {{ .Labels.app }}          ~ wéb wéb
          [{{ $labels.none }}]                         ~ []
          {{ $value }} {{ .Value }}                    ~ 0.00123 0.00123
          {{ printf "%.2f" $value }}                   ~ 0.00
          {{ $externalLabels.cluster }}{{ .ExternalLabels.cluster }} ~ eueu
          {{ $externalURL }} {{ externalURL }} {{ pathPrefix }} ~ https://grafana/sub https://grafana/sub /sub
          {{ humanize $value }}                        ~ 1.23m
          {{ humanize $labels.n }}                     ~ 1.235M
          {{ humanize 0.0 }} {{ humanize 1.0 }}        ~ 0 1
          {{ humanize -1234.5 }}                       ~ -1.234k
          {{ humanize1024 1234.0 }} {{ humanize1024 "1205862.4" }} ~ 1.205ki 1.15Mi
          {{ humanizeDuration 93784.0 }}               ~ 1d 2h 3m 4s
          {{ humanizeDuration 3600.0 }} {{ humanizeDuration 61.5 }} ~ 1h 0m 0s 1m 1s
          {{ humanizeDuration 1.5 }} {{ humanizeDuration 0.0 }} ~ 1.5s 0s
          {{ humanizeDuration 0.012 }} {{ humanizeDuration -62.0 }} ~ 12ms -1m 2s
          {{ humanizePercentage 0.1234 }}              ~ 12.34%
          {{ humanizeTimestamp 1714557600.0 }}         ~ 2024-05-01 10:00:00 +0000 UTC
          {{ humanizeTimestamp 1714557600.5 }}         ~ 2024-05-01 10:00:00.5 +0000 UTC
          {{ (toTime 1714557600.0).Year }}             ~ 2024
          {{ toDuration 90.5 }}                        ~ 1m30.5s
          {{ parseDuration "1h30m" }}                  ~ 5400
          {{ now }}                                    ~ 1.71455760025e+09
          {{ title "hello world" }} {{ toUpper "aé" }} {{ toLower "AÉ" }} ~ Hello World AÉ aé
          {{ match "^a.c$" "abc" }} {{ match "x" "abc" }} ~ true false
          {{ reReplaceAll "(b+)" "<$1>" "abbc" }}      ~ a<bb>c
          {{ $labels.instance | stripPort }}           ~ db-1.example.com
          {{ $labels.instance | stripDomain }}         ~ db-1:9090
          {{ stripDomain "10.0.0.1:80" }} {{ stripPort "[::1]:80" }} ~ 10.0.0.1:80 ::1
          {{ stripPort "nothing" }} {{ stripDomain "a.b" }} ~ nothing a
          {{ safeHtml "<b>" }}                         ~ <b>
          {{ urlQueryEscape "a b&c" }}                 ~ a+b%26c
          {{ graphLink "up == 1" }}                    ~ /graph?g0.expr=up+%3D%3D+1&g0.tab=0
          {{ tableLink "up" }}                         ~ /graph?g0.expr=up&g0.tab=1
          {{ with args 1 "x" }}{{ .arg0 }}{{ .arg1 }}{{ end }} ~ 1x
          {{ define "t" }}<{{ . }}>{{ end }}{{ tmpl "t" "x" }}{{ template "t" 5 }} ~ <x><5>
          {{ query "q" | first | value }}              ~ 2
          {{ query "q" | first | label "app" }}        ~ b
          {{ query "q" | first | strvalue }}           ~ t
          {{ range query "q" | sortByLabel "app" }}{{ .Labels.app }}={{ .Value }};{{ end }} ~ a=1.5;b=2;
          {{ lastLine "5m" "{a=1}" }}[{{ lastLine "1h" "none" }}] ~ {a=1} ö PT5M[]
          {{ printf "{app=%q}" $labels.app | lastLine "1m" }} ~ {app="wéb"} ö PT1M
          {{ len (query "none") }}                     ~ 0
          {{ $labels }}                                ~ map[app:wéb instance:db-1.example.com:9090 n:1234567]
          """)
  void expandsWhatPrometheusDoes(String text, String wanted) {
    assertThat(expand(text, 0.00123)).isEqualTo(wanted);
  }

  @Test
  void printsWhatIsNoNumberAsGoDoes() {
    for (String function :
        List.of("humanize", "humanize1024", "humanizeDuration", "humanizeTimestamp")) {
      assertThat(expand("{{ " + function + " $value }}", Double.NaN)).isEqualTo("NaN");
      assertThat(expand("{{ " + function + " $value }}", Double.POSITIVE_INFINITY))
          .isEqualTo("+Inf");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {{ humanize "x" }}            ~ error calling humanize: strconv.ParseFloat: parsing "x": invalid syntax
          {{ humanize true }}           ~ error calling humanize: can't convert bool to float
          {{ query "none" | first }}    ~ error calling first: first() called on vector with no elements
          {{ query "bad" }}             ~ error calling query: parse error
          {{ parseDuration "5" }}       ~ error calling parseDuration: not a valid duration string: "5"
          {{ reReplaceAll "(" "" "" }}  ~ error calling reReplaceAll:
          {{ tmpl "none" 1 }}           ~ template "none" not defined
          {{ 5 | value }}               ~ wrong type for value; expected *template.sample; got int
          {{ toTime 1e300 }}            ~ value is NaN or Inf
          {{ toDuration 1e300 }}        ~ out of range
          {{ range 2000 }}{{ query "q" }}{{ end }} ~ the templates run more than 1000 queries
          {{ unknown }}                 ~ error parsing template __alert_Down: template: __alert_Down:1: function "unknown" not defined
          {{ define "r" }}{{ tmpl "r" . }}{{ end }}{{ tmpl "r" 1 }} ~ exceeded maximum template depth
          {{ range 1000000 }}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{{ end }} ~ the
          """)
  void aFailureIsTheText(String text, String wanted) {
    assertThat(expand(text, 1)).startsWith("<error expanding template: ").contains(wanted);
  }

  @Test
  void aQueryThatIsInterruptedLeavesTheThreadSo() {
    assertThat(expand("{{ lastLine `5m` `slow` }}", 1)).contains("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
