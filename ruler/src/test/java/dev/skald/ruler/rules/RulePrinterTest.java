package dev.skald.ruler.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class RulePrinterTest {
  /** What LogQL takes nowhere, and what ends a remark. */
  private static final String NOT_IN_A_REMARK = "[\\x00\\uFEFF\n]";

  private static final RuleReader READER = new RuleReader((alert, template) -> Optional.empty());

  private static RuleGroup read(String yaml) {
    return READER.body("fake", "ns1", yaml.getBytes(StandardCharsets.UTF_8));
  }

  @Example
  void printsAGroupWithTheKeysAndIndentationOfLoki() {
    String yaml =
        """
        name: g1
        interval: 1m
        query_offset: 30s
        limit: 5
        rules:
            - alert: HighErr
              expr: sum(count_over_time({app="b"}[1m])) > 0
              for: 5m
              keep_firing_for: 1m30s
              labels:
                sev: x
                team: "true"
              annotations:
                d: '{{ $value }}'
            - record: a:b
              expr: |-
                sum(
                  rate({app="b"} |= "x: y" [5m])
                )
              labels:
                team: x
        labels:
            dc: eu
        """;

    assertThat(RulePrinter.group(read(yaml))).isEqualTo(yaml);
  }

  @Example
  void printsNamespacesAsAMapOfLists() {
    RuleGroup group = read("{name: g1, rules: [{record: a, expr: vector(1), labels: {x: z}}]}");
    Map<String, List<RuleGroup>> namespaces = new TreeMap<>();
    namespaces.put("alerts.yaml", List.of(group, read("{name: g2}")));
    namespaces.put("ns 2", List.of(read("{name: '5', rules: []}")));

    assertThat(RulePrinter.namespaces(namespaces))
        .isEqualTo(
            """
            alerts.yaml:
                - name: g1
                  rules:
                    - record: a
                      expr: vector(1)
                      labels:
                        x: z
                - name: g2
                  rules: []
            ns 2:
                - name: "5"
                  rules: []
            """);
  }

  @Example
  void keepsSpacesOfUnicodeAtTheEndOfATextAndOfALine() {
    whatIsPrintedReadsBackAsTheSame("\u2000", "\u3000");
    whatIsPrintedReadsBackAsTheSame("a\n\u2003", "\u2003a\n\n");
  }

  @Property(tries = 300)
  void whatIsPrintedReadsBackAsTheSame(
      @ForAll("texts") String text, @ForAll("texts") String other) {
    RuleGroup group =
        new RuleGroup(
            "fake",
            "ns1",
            "n" + text,
            Optional.of(Duration.ofMillis(61_001)),
            Optional.empty(),
            0,
            Map.of("on", other),
            List.of(
                new AlertingRule(
                    other + "n",
                    RuleExpression.parse(
                        "{app=\"a\"} # " + text.replaceAll(NOT_IN_A_REMARK, " ") + "\n|= \"b\""),
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    Map.of("a", text),
                    Map.of("b", other, "y", "multi\n" + text))));

    assertThat(read(RulePrinter.group(group))).isEqualTo(group);
    assertThat(read(RulePrinter.group(group)).rules()).isEqualTo(group.rules());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "",
            " ",
            "yes",
            "~",
            "null",
            "1e3",
            "0x1F",
            "2024-01-02",
            "- a",
            "a: b",
            "#",
            "<<",
            "=",
            "y"),
        Arbitraries.of(
            "a\n", "a\n\n", " a\nb", "a \nb", "\n", "\n\n a", "a\n\n\n", "\t", "a\tb\n", "a\r\nb"),
        Arbitraries.strings()
            .withChars(" \n\t:#'\"{}[]&*!|>%@`,-?ab1\u00e9\u2028\u0085")
            .ofMaxLength(12),
        Arbitraries.strings().filter(s -> s.codePoints().noneMatch(RulePrinterTest::isSurrogate)));
  }

  private static boolean isSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
