package dev.skald.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.ruler.rules.AlertingRule;
import dev.skald.ruler.rules.RecordingRule;
import dev.skald.ruler.rules.RuleExpression;
import dev.skald.ruler.rules.RuleGroup;
import dev.skald.ruler.status.AlertState;
import dev.skald.ruler.status.AlertStatus;
import dev.skald.ruler.status.GroupStatus;
import dev.skald.ruler.status.RuleHealth;
import dev.skald.ruler.status.RuleStatus;
import dev.skald.server.query.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusJsonTest {
  private static final Instant LAST = Instant.parse("2026-11-23T11:00:45.495531005Z");

  @Test
  void writesGroupsAsLokiDoes() {
    AlertingRule alerting =
        new AlertingRule(
            "HighErr",
            RuleExpression.parse(
                "sum by (app) (count_over_time({app=~\".+\"} |= \"error\" [5m])) > 0"),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Map.of("severity", "page"),
            Map.of("summary", "err {{ $value }}"));
    AlertStatus alert =
        new AlertStatus(
            Labels.of("alertname", "HighErr", "app", "a", "severity", "page"),
            Map.of("summary", "err 1"),
            AlertState.FIRING,
            Instant.parse("2026-11-23T10:59:15.493788730Z"),
            1);
    RecordingRule recording =
        new RecordingRule(
            "app:lines:count5m",
            RuleExpression.parse("sum by (app) (count_over_time({app=~\".+\"}[5m]))"),
            Map.of("team", "x"));
    RuleGroup group =
        new RuleGroup(
            "fake",
            "ns1",
            "g1",
            Optional.empty(),
            Optional.empty(),
            0,
            Map.of(),
            List.of(alerting, recording));
    GroupStatus status =
        new GroupStatus(
            group,
            Duration.ofSeconds(10),
            Optional.of(LAST),
            Duration.ofNanos(4_602_010),
            List.of(
                new RuleStatus(
                    alerting,
                    AlertState.FIRING,
                    RuleHealth.OK,
                    "",
                    Optional.of(LAST),
                    Duration.ofNanos(2_852_228),
                    List.of(alert)),
                new RuleStatus(
                    recording,
                    AlertState.INACTIVE,
                    RuleHealth.ERR,
                    "no <luck>",
                    Optional.empty(),
                    Duration.ZERO,
                    List.of())));
    JsonOutput out = new JsonOutput();

    StatusJson.groups(out, List.of(status));

    assertThat(new String(out.bytes(), 0, out.length(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"groups":[{"name":"g1","file":"ns1","rules":[\
            {"state":"firing","name":"HighErr","query":"(sum by (app)(count_over_time({app=~\\".+\\"} |= \\"error\\"[5m])) \\u003e 0)","duration":10,\
            "labels":{"severity":"page"},"annotations":{"summary":"err {{ $value }}"},\
            "alerts":[{"labels":{"alertname":"HighErr","app":"a","severity":"page"},"annotations":{"summary":"err 1"},"state":"firing","activeAt":"2026-11-23T10:59:15.49378873Z","value":"1e+00"}],\
            "health":"ok","lastError":"","type":"alerting","lastEvaluation":"2026-11-23T11:00:45.495531005Z","evaluationTime":0.002852228},\
            {"name":"app:lines:count5m","query":"sum by (app)(count_over_time({app=~\\".+\\"}[5m]))","labels":{"team":"x"},"health":"err","lastError":"no \\u003cluck\\u003e","type":"recording","lastEvaluation":"0001-01-01T00:00:00Z","evaluationTime":0}],\
            "interval":10,"limit":0,"lastEvaluation":"2026-11-23T11:00:45.495531005Z","evaluationTime":0.00460201}]}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1e+00",
    "0, 0e+00",
    "-0.0, -0e+00",
    "0.35, 3.5e-01",
    "-12.5, -1.25e+01",
    "1234567, 1.234567e+06",
    "1e-9, 1e-09",
    "1.5e300, 1.5e+300",
    "NaN, NaN",
    "Infinity, +Inf",
    "-Infinity, -Inf"
  })
  void writesNumbersWithAnExponent(double value, String text) {
    assertThat(StatusJson.exponential(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-05-01T10:00:00Z, 2024-05-01T10:00:00Z",
    "2024-05-01T10:00:00.100Z, 2024-05-01T10:00:00.1Z",
    "2024-05-01T10:00:30.000000070Z, 2024-05-01T10:00:30.00000007Z"
  })
  void writesTimesWithoutTrailingZeros(Instant time, String text) {
    assertThat(StatusJson.time(time)).isEqualTo(text);
  }
}
