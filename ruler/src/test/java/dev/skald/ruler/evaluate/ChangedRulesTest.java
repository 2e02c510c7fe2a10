package dev.skald.ruler.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules that change while their alerts fire. */
final class ChangedRulesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String A = "{alert: A, expr: vector(1), for: 1m}";
  private static final String B = "{alert: B, expr: vector(2)}";

  private final GivenRules given = new GivenRules();
  private EvaluatedRules rules;

  @BeforeEach
  void bothFire() {
    given.give("fake", file(group("one", A, B), group("two", B)));
    rules = new EvaluatedRules(given);
    rules.queries.give("vector(1)", Labels.of("app", "web"), 1);
    rules.queries.give("vector(2)", Labels.EMPTY, 1);
    rules.pass(MINUTE.multipliedBy(2));
    assertThat(rules.alerts()).hasSize(3).allMatch(text -> text.endsWith("FIRING"));
    rules.sent();
    rules.heard();
    rules.queries.asked();
    rules.samples();
  }

  private static String file(String... groups) {
    return "groups: [" + String.join(", ", groups) + "]";
  }

  private static String group(String name, String... rules) {
    return "{name: " + name + ", rules: [" + String.join(", ", rules) + "]}";
  }

  @Test
  void aGroupThatDidNotChangeGoesOnUndisturbed() {
    Instant active = rules.rules("fake").get(2).alerts().getFirst().activeAt();
    given.give("fake", file(group("one", A), group("two", B)));
    rules.tick();

    assertThat(rules.heard()).containsExactly("loaded fake/alerts.yaml/one PT1M 1");
    assertThat(rules.rules("fake").get(1).alerts().getFirst().activeAt()).isEqualTo(active);
    rules.pass(MINUTE);
    assertThat(rules.queries.asked()).hasSize(2);
  }

  @Test
  void aRuleOfAChangedGroupKeepsItsAlerts() {
    Instant active = rules.rule().alerts().getFirst().activeAt();
    given.give("fake", file(group("one", "{record: r, expr: vector(3)}", A), group("two", B)));
    rules.tick();

    assertThat(rules.rules("fake").get(1).alerts().getFirst().activeAt()).isEqualTo(active);
    assertThat(rules.sent()).containsExactly("{alertname=\"B\"} resolved");
    assertThat(rules.samples())
        .containsExactly(
            "{__name__=\"ALERTS\", alertname=\"B\", alertstate=\"firing\"} stale",
            "{__name__=\"ALERTS_FOR_STATE\", alertname=\"B\"} stale");
  }

  @Test
  void aRuleWithAnotherQueryKeepsItsAlertsUntilItIsEvaluated() {
    String changed = A.replace("vector(1)", "vector(7)");
    given.give("fake", file(group("one", changed, B), group("two", B)));
    rules.tick();
    assertThat(rules.rule().alerts()).hasSize(1);
    assertThat(rules.sent()).isEmpty();

    rules.pass(MINUTE);
    assertThat(rules.sent()).contains("{alertname=\"A\", app=\"web\"} resolved");
  }

  @Test
  void alertsOfAGroupThatIsRemovedAreResolved() {
    given.give("fake", file(group("two", B)));
    rules.tick();

    assertThat(rules.sent())
        .containsExactly("{alertname=\"A\", app=\"web\"} resolved", "{alertname=\"B\"} resolved");
    assertThat(rules.heard()).containsExactly("unloaded fake/alerts.yaml/one");
    assertThat(rules.alerts()).hasSize(1);
    rules.restart();
    assertThat(rules.alerts()).hasSize(1);
  }

  @Test
  void alertsOfATenantThatIsRemovedAreResolved() {
    given.give("fake", "groups: []");
    rules.tick();

    assertThat(rules.sent()).hasSize(3).allMatch(text -> text.endsWith("resolved"));
  }

  @Test
  void anotherIntervalIsKeptFromThenOn() {
    given.give("fake", file(group("one", A, B).replace("{name: one", "{name: one, interval: 10s")));
    rules.tick();
    rules.heard();
    rules.pass(MINUTE);

    assertThat(rules.heard()).filteredOn(text -> text.startsWith("evaluated one")).hasSize(6);
    assertThat(rules.alerts()).hasSize(2);
  }
}
