package dev.skald.ruler.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleReaderTest {
  private static final RuleReader READER = new RuleReader(new TemplateSyntax());
  private static final String QUERY = "sum(rate({app=\"a\"}[1m])) > 0";

  private static List<RuleGroup> file(String yaml) {
    return READER.file("fake", "alerts.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static RuleGroup body(String yaml) {
    return READER.body("fake", "ns", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> problems(String yaml) {
    return catchThrowableOfType(InvalidRulesException.class, () -> file(yaml)).problems().stream()
        .map(RuleProblem::toString)
        .toList();
  }

  /** The texts of what is wrong with a group of one rule. */
  private static List<String> texts(String rule) {
    String yaml = "name: g\nrules:\n- " + rule.strip().replace("\n", "\n  ") + "\n";
    return catchThrowableOfType(InvalidRulesException.class, () -> body(yaml)).problems().stream()
        .map(RuleProblem::text)
        .toList();
  }

  @Test
  void readsEveryKeyOfAFile() {
    List<RuleGroup> groups =
        file(
            """
            groups:
              - name: web
                interval: 30s
                query_offset: 0s
                limit: 7
                labels: {dc: eu}
                rules:
                  - alert: HighErrors
                    expr: 'sum(rate({app="a"}[1m])) > 0'
                    for: 5m
                    keep_firing_for: 1m
                    labels: {severity: page, number: 5}
                    annotations: {summary: "{{ $value | humanize }} on {{ $labels.app }}"}
                  - record: app:lines:rate1m
                    expr: 'sum(rate({app="a"}[1m])) > 0'
                    labels: {source: loki}
              - name: empty
            """);

    assertThat(groups).hasSize(2);
    RuleGroup web = groups.getFirst();
    assertThat(web.key()).isEqualTo(new RuleGroup.Key("fake", "alerts.yaml", "web"));
    assertThat(web.interval()).contains(Duration.ofSeconds(30));
    assertThat(web.queryOffset()).contains(Duration.ZERO);
    assertThat(web.limit()).isEqualTo(7);
    assertThat(web.labels()).isEqualTo(Map.of("dc", "eu"));
    assertThat(web.rules())
        .containsExactly(
            new AlertingRule(
                "HighErrors",
                RuleExpression.parse(QUERY),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                Map.of("severity", "page", "number", "5"),
                Map.of("summary", "{{ $value | humanize }} on {{ $labels.app }}")),
            new RecordingRule(
                "app:lines:rate1m", RuleExpression.parse(QUERY), Map.of("source", "loki")));
    assertThat(groups.get(1).rules()).isEmpty();
    assertThat(groups.get(1).interval()).isEmpty();
    assertThat(groups.get(1).queryOffset()).isEmpty();
  }

  @Test
  void anEmptyFileHasNoGroups() {
    assertThat(file("")).isEmpty();
    assertThat(file("# nothing yet\n")).isEmpty();
    assertThat(file("groups:\n")).isEmpty();
  }

  @Test
  void saysFileLineGroupAndRuleOfEveryProblem() {
    String yaml =
        """
        groups:
          - name: web
            rules:
              - alert: A
                expr: 'sum(rate({app="a"}[1m])) > 0'
              - alert: B
                for: 5m
                expr: 'sum(rate({app="a"}[1m])'
          - rules: []
          - name: web
        """;

    assertThat(problems(yaml))
        .containsExactly(
            "alerts.yaml: line 8: group \"web\", rule 2 \"B\": could not parse expression for alert"
                + " 'B' in group 'web': parse error at line 1, col 24: syntax error: unexpected"
                + " $end",
            "alerts.yaml: line 9: group 1: Groupname must not be empty",
            "alerts.yaml: line 10: groupname: \"web\" is repeated in the same file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          groups: [{name: a, partial_response_strategy: warn}] | field partial_response_strategy not found in type rulefmt.RuleGroup
          groups: [{name: a, rules: [{expression: x}]}]        | field expression not found in type rulefmt.Rule
          name: a                                              | field name not found in type rulefmt.RuleGroups
          groups: [{name: a, interval: 5}]                     | not a valid duration string
          groups: {name: a}                                    | cannot unmarshal !!map into
          groups: [{name: a, limit: -1}]                       | limit
          groups: [                                            | line 1
          """)
  void refusesWhatIsNoFileOfRules(String yaml, String problem) {
    InvalidRulesException e = catchThrowableOfType(InvalidRulesException.class, () -> file(yaml));

    assertThat(e).hasMessageContaining(problem).hasMessageContaining("alerts.yaml");
    assertThat(e.isReadable()).isFalse();
  }

  @Test
  void refusesWhatIsNotUtf8() {
    InvalidRulesException e =
        catchThrowableOfType(
            InvalidRulesException.class,
            () -> READER.file("fake", "x.yaml", new byte[] {'a', (byte) 0xFF}));

    assertThat(e).hasMessage("x.yaml: the file is not UTF-8");
  }

  @Test
  void aBodyMayHaveKeysThatNobodyKnows() {
    RuleGroup group =
        body(
            """
            name: g
            source_tenants: [a]
            rules:
              - {alert: A, expr: 'vector(1)', uid: 17}
            """);

    assertThat(group.rules()).hasSize(1);
  }

  @Test
  void aBodyWithoutANameHasNoGroup() {
    for (String yaml : List.of("", "groups: [{name: a}]", "rules: []")) {
      InvalidRulesException e = catchThrowableOfType(InvalidRulesException.class, () -> body(yaml));

      assertThat(e.problems())
          .singleElement()
          .extracting(RuleProblem::text)
          .isEqualTo("group 0: Groupname must not be empty");
      assertThat(e.isReadable()).isTrue();
    }
  }

  @Test
  void aBodyThatIsNoMappingCannotBeRead() {
    for (String yaml : List.of("hello", "[1]", "name: [", "rules: 5")) {
      assertThat(catchThrowableOfType(InvalidRulesException.class, () -> body(yaml)).isReadable())
          .isFalse();
    }
  }

  @Test
  void aRuleIsEitherAnAlertOrARecord() {
    assertThat(texts("{alert: A, record: b, expr: 'vector(1)'}"))
        .containsExactly("only one of 'record' and 'alert' must be set");
    assertThat(texts("{expr: 'vector(1)'}"))
        .containsExactly("one of 'record' or 'alert' must be set");
  }

  @Test
  void aRuleHasAnExpressionThatIsLogql() {
    assertThat(texts("alert: A")).containsExactly("field 'expr' must be set in rule");
    assertThat(texts("{alert: x, expr: 'sum(rate({a=\"b\"}[1m])'}"))
        .singleElement()
        .asString()
        .startsWith("could not parse expression for alert 'x' in group 'g': parse error at line 1");
    assertThat(texts("{record: x, expr: '}'}"))
        .singleElement()
        .asString()
        .startsWith(
            "could not parse expression for record 'x' in group 'g': parse error at line 1");
  }

  @Test
  void aQueryForLinesPassesAsInLoki() {
    assertThat(body("name: g\nrules: [{alert: A, expr: '{a=\"b\"}'}]").rules()).hasSize(1);
  }

  @Test
  void aRecordedMetricHasAPlainNameAndNothingOfAnAlert() {
    assertThat(texts("{record: a b, expr: 'vector(1)'}"))
        .containsExactly("invalid recording rule name: a b");
    assertThat(texts("{record: a, expr: 'vector(1)', for: 1m}"))
        .containsExactly("invalid field 'for' in recording rule");
    assertThat(texts("{record: a, expr: 'vector(1)', annotations: {b: c}}"))
        .containsExactly("invalid field 'annotations' in recording rule");
  }

  @Test
  void labelsAndAnnotationsHavePlainNames() {
    assertThat(texts("{alert: a, expr: 'vector(1)', labels: {a-b: x, __name__: y}}"))
        .containsExactly("invalid label name: a-b", "invalid label name: __name__");
    assertThat(texts("{alert: a, expr: 'vector(1)', annotations: {a-b: x}}"))
        .containsExactly("invalid annotation name: a-b");
    assertThat(texts("{alert: a, expr: 'vector(1)', labels: {x: \"\\uD800\"}}"))
        .singleElement()
        .asString()
        .startsWith("invalid label value: ");
  }

  @Test
  void templatesOfAlertsCanBeRead() {
    assertThat(texts("{alert: a, expr: 'vector(1)', labels: {k: '{{ $valu }}'}}"))
        .singleElement()
        .asString()
        .startsWith("label \"k\": error parsing template __alert_a: template: __alert_a:1: ")
        .contains("undefined variable \"$valu\"");
    assertThat(texts("{alert: a, expr: 'vector(1)', annotations: {k: '{{ humanise 5 }}'}}"))
        .singleElement()
        .asString()
        .startsWith("annotation \"k\": ")
        .contains("function \"humanise\" not defined");
    assertThat(
            body("{name: g, rules: [{alert: a, expr: 'vector(1)', annotations: {k: '{{ $externalURL"
                    + " }}'}}]}")
                .rules())
        .hasSize(1);
  }

  @Test
  void everyProblemOfARuleIsTold() {
    assertThat(texts("{record: a b, for: 1m, labels: {1: x}}"))
        .containsExactly(
            "field 'expr' must be set in rule",
            "invalid field 'for' in recording rule",
            "invalid recording rule name: a b",
            "invalid label name: 1");
  }
}
