package dev.skald.ruler.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.eval.QueryResult;
import dev.skald.ruler.status.AlertState;
import dev.skald.ruler.status.RuleHealth;
import dev.skald.storage.object.MemoryStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alerts of rules whose queries answer what the test says, an evaluation a minute. */
final class AlertingRulesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String UP = "vector(1)";
  private static final Labels WEB = Labels.of("app", "web");
  private static final Labels API = Labels.of("app", "api");
  private static final String WEB_ALERT = "{alertname=\"Down\", app=\"web\"}";

  private static EvaluatedRules evaluated(String keys) {
    return new EvaluatedRules(rules(keys));
  }

  /** A group of one rule with some more keys. */
  private static GivenRules rules(String keys) {
    return GivenRules.of(
        "groups: [{name: g, rules: [{alert: Down, expr: vector(1)%s}]}]".formatted(keys));
  }

  @Test
  void anAlertIsPendingThenFiresThenIsResolved() {
    EvaluatedRules rules = evaluated(", for: 2m");
    rules.pass(MINUTE);
    assertThat(rules.rule().state()).isEqualTo(AlertState.INACTIVE);

    rules.queries.give(UP, WEB, 5);
    rules.pass(MINUTE);
    assertThat(rules.alerts()).containsExactly(WEB_ALERT + " PENDING");
    rules.pass(MINUTE);
    assertThat(rules.sent()).isEmpty();
    rules.pass(MINUTE);
    assertThat(rules.alerts()).containsExactly(WEB_ALERT + " FIRING");
    assertThat(rules.rule().state()).isEqualTo(AlertState.FIRING);
    assertThat(rules.sent()).containsExactly(WEB_ALERT + " fires");

    rules.queries.give(UP);
    rules.pass(MINUTE);
    assertThat(rules.alerts()).isEmpty();
    assertThat(rules.rule().state()).isEqualTo(AlertState.INACTIVE);
    assertThat(rules.sent()).containsExactly(WEB_ALERT + " resolved");
  }

  @Test
  void anAlertIsSentAgainAfterTheResendDelayAndSaysHowLongItHolds() {
    EvaluatedRules rules = evaluated("");
    rules.queries.give(UP, WEB, 5);
    rules.pass(MINUTE);
    Alert alert = rules.sent.getFirst();
    assertThat(alert.endsAt()).isEqualTo(alert.startsAt().plus(Duration.ofMinutes(4)));
    rules.sent();

    // The delay of a minute has passed only after more than a minute.
    rules.pass(MINUTE);
    assertThat(rules.sent()).isEmpty();
    rules.pass(MINUTE);
    assertThat(rules.sent()).containsExactly(WEB_ALERT + " fires");
  }

  @Test
  void aResolvedAlertIsSentForAQuarterOfAnHour() {
    EvaluatedRules rules = evaluated("");
    rules.queries.give(UP, WEB, 5);
    rules.pass(MINUTE);
    rules.queries.give(UP);
    rules.sent();

    rules.pass(Duration.ofMinutes(17));
    assertThat(rules.sent()).hasSize(8).allMatch(text -> text.endsWith("resolved"));
    rules.pass(Duration.ofMinutes(10));
    assertThat(rules.sent()).isEmpty();
  }

  @Test
  void anAlertIsKeptFiring() {
    EvaluatedRules rules = evaluated(", keep_firing_for: 3m");
    rules.queries.give(UP, WEB, 5);
    rules.pass(MINUTE);
    rules.queries.give(UP);

    rules.pass(MINUTE.multipliedBy(3));
    assertThat(rules.alerts()).containsExactly(WEB_ALERT + " FIRING");
    rules.pass(MINUTE);
    assertThat(rules.alerts()).isEmpty();
  }

  @Test
  void valuesAndAnnotationsAreThoseOfTheLastResult() {
    EvaluatedRules rules =
        evaluated(
            ", labels: {team: '{{ $labels.app }}-team', none: ''}, annotations: {text: 'v={{ printf"
                + " \"%.2f\" $value }}', bad: '{{ query \"x\" }}'}");
    rules.queries.fail("x", "no such thing");
    rules.queries.give(UP, WEB, 5);
    rules.pass(MINUTE);
    rules.queries.give(UP, WEB, 7.125);
    rules.pass(MINUTE);

    assertThat(rules.alerts())
        .containsExactly("{alertname=\"Down\", app=\"web\", team=\"web-team\"} FIRING");
    assertThat(rules.rule().alerts().getFirst().value()).isEqualTo(7.125);
    assertThat(rules.rule().alerts().getFirst().annotations())
        .containsEntry("text", "v=7.12")
        .extractingByKey("bad")
        .asString()
        .startsWith("<error expanding template: error executing template __alert_Down: template: ")
        .endsWith("error calling query: no such thing>");
    assertThat(rules.rule().health()).isEqualTo(RuleHealth.OK);
  }

  @Test
  void aFailingQueryLeavesAlertsAsTheyAre() {
    EvaluatedRules rules = evaluated("");
    rules.queries.give(UP, WEB, 5);
    rules.pass(MINUTE);
    rules.heard();
    rules.queries.fail(UP, "out of patience");
    rules.pass(MINUTE);

    assertThat(rules.alerts()).containsExactly(WEB_ALERT + " FIRING");
    assertThat(rules.rule().health()).isEqualTo(RuleHealth.ERR);
    assertThat(rules.rule().lastError()).isEqualTo("out of patience");
    assertThat(rules.heard()).containsExactly("failed", "evaluated g 0");
    rules.queries.crash(UP, new IllegalStateException("a bug"));
    rules.pass(MINUTE);
    assertThat(rules.rule().lastError()).contains("a bug");
    rules.queries.give(UP, WEB, 6);
    rules.pass(MINUTE);
    assertThat(rules.rule().health()).isEqualTo(RuleHealth.OK);
    assertThat(rules.rule().lastError()).isEmpty();
  }

  @Test
  void whatIsNoVectorIsAnError() {
    EvaluatedRules rules = evaluated("");
    rules.queries.give(UP, new QueryResult.Streams(List.of()));
    rules.pass(MINUTE);
    assertThat(rules.rule().lastError()).isEqualTo("rule result is not a vector or scalar");

    rules.queries.give(UP, new QueryResult.Scalar(0, 3));
    rules.pass(MINUTE);
    assertThat(rules.alerts()).containsExactly("{alertname=\"Down\"} FIRING");
  }

  @Test
  void resultsThatAreTheSameOnceLabelledAreAnError() {
    EvaluatedRules rules = evaluated(", labels: {app: all}");
    rules.queries.give(UP, WEB, 1, API, 2);
    rules.pass(MINUTE);

    assertThat(rules.rule().lastError())
        .isEqualTo("vector contains metrics with the same labelset after applying alert labels");
    assertThat(rules.alerts()).isEmpty();
  }

  @Test
  void moreResultsThanTheLimitAreAnErrorAndNoAlerts() {
    GivenRules given =
        GivenRules.of("groups: [{name: g, limit: 2, rules: [{alert: Down, expr: vector(1)}]}]");
    EvaluatedRules rules = new EvaluatedRules(given);
    rules.queries.give(UP, WEB, 1, API, 2);
    rules.pass(MINUTE);
    assertThat(rules.alerts()).hasSize(2);
    rules.queries.giveMany(UP, 12);
    rules.pass(MINUTE);

    // Those of before are over, but not for the keepers of limits.
    assertThat(rules.rule().lastError()).isEqualTo("exceeded limit of 2 with 12 alerts");
    assertThat(rules.alerts()).isEmpty();
  }

  @Test
  void groupsMayHaveLabelsAndLookBack() {
    GivenRules given =
        GivenRules.of(
            "groups: [{name: g, query_offset: 30s, labels: {team: a, env: prod},"
                + " rules: [{alert: Down, expr: vector(1), labels: {team: b}}]}]");
    EvaluatedRules rules = new EvaluatedRules(given);
    rules.queries.give(UP, WEB, 1);
    rules.pass(MINUTE);

    assertThat(rules.alerts())
        .containsExactly("{alertname=\"Down\", app=\"web\", env=\"prod\", team=\"b\"} FIRING");
    Alert alert = rules.sent.getFirst();
    assertThat(rules.queries.asked())
        .containsExactly("fake vector(1) " + alert.startsAt().minusSeconds(30));
    assertThat(rules.samples.getFirst().timeMillis())
        .isEqualTo(alert.startsAt().minusSeconds(30).toEpochMilli());
  }

  @Test
  void alertsAreSeriesToo() {
    EvaluatedRules rules = evaluated(", for: 1m");
    rules.queries.give(UP, WEB, 5);
    rules.pass(MINUTE);
    long active = rules.rule().alerts().getFirst().activeAt().getEpochSecond();
    String since = "{__name__=\"ALERTS_FOR_STATE\", alertname=\"Down\", app=\"web\"} ";
    String pending =
        "{__name__=\"ALERTS\", alertname=\"Down\", alertstate=\"pending\", app=\"web\"} ";
    String firing = pending.replace("pending", "firing");
    assertThat(rules.samples()).containsExactly(pending + "1.0", since + (double) active);

    rules.pass(MINUTE);
    assertThat(rules.samples())
        .containsExactly(firing + "1.0", since + (double) active, pending + "stale");
    rules.queries.give(UP);
    rules.pass(MINUTE);
    assertThat(rules.samples()).containsExactly(firing + "stale", since + "stale");
  }

  @Test
  void anAlertLeadsToItsQuery() {
    EvaluatedRules rules =
        new EvaluatedRules(
            rules(""),
            EvaluatedRules.config("http://grafana:3000/", List.of()),
            new MemoryStore(),
            Runnable::run);
    rules.queries.give(UP, WEB, 5);
    rules.pass(MINUTE);

    assertThat(rules.sent.getFirst().generatorUrl())
        .isEqualTo(
            "http://grafana:3000/explore?left=%7B%22queries%22%3A%5B%7B%22expr%22%3A%22"
                + "vector%281.000000%29%22%2C%22queryType%22%3A%22range%22%2C%22datasource%22%3A%7B"
                + "%22type%22%3A%22loki%22%2C%22uid%22%3A%22loki-uid%22%7D%7D%5D%7D");
  }
}
