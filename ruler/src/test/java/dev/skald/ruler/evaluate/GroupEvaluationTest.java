package dev.skald.ruler.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.storage.object.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When groups are evaluated, in which order, and what becomes of recorded series. */
final class GroupEvaluationTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final String TWO_RULES =
      "groups: [{name: g, rules: [{record: one, expr: vector(1)}, {record: two, expr:"
          + " vector(2)}]}]";

  private static EvaluatedRules evaluated(
      GivenRules given, java.util.concurrent.Executor executor) {
    return new EvaluatedRules(
        given, EvaluatedRules.config("", List.of("barred")), new MemoryStore(), executor);
  }

  @Test
  void rulesOfAGroupAreEvaluatedInTheirOrder() {
    EvaluatedRules rules = new EvaluatedRules(GivenRules.of(TWO_RULES));
    rules.pass(MINUTE.multipliedBy(2));

    assertThat(rules.queries.asked())
        .extracting(text -> text.split(" ")[1])
        .containsExactly("vector(1)", "vector(2)", "vector(1)", "vector(2)");
  }

  @Test
  void groupsHaveTheirOwnInterval() {
    EvaluatedRules rules =
        new EvaluatedRules(
            GivenRules.of("groups: [{name: a, interval: 10s, rules: []}, {name: b, rules: []}]"));
    rules.heard();
    rules.pass(MINUTE);

    assertThat(rules.heard()).filteredOn(text -> text.startsWith("evaluated a")).hasSize(6);
  }

  @Test
  void resultsOfARecordingRuleAreSamplesOfItsMetric() {
    EvaluatedRules rules =
        new EvaluatedRules(
            GivenRules.of(
                "groups: [{name: g, labels: {env: x}, rules: [{record: 'app:n', expr: vector(1),"
                    + " labels: {source: loki}}]}]"));
    rules.queries.give("vector(1)", Labels.of("app", "web"), 1.5, Labels.of("app", "api"), 2);
    rules.pass(MINUTE);
    String rest = ", env=\"x\", source=\"loki\"} ";
    assertThat(rules.samples())
        .containsExactly(
            "{__name__=\"app:n\", app=\"web\"" + rest + 1.5,
            "{__name__=\"app:n\", app=\"api\"" + rest + 2.0);

    rules.queries.give("vector(1)", Labels.of("app", "api"), 3);
    rules.pass(MINUTE);
    assertThat(rules.samples())
        .containsExactly(
            "{__name__=\"app:n\", app=\"api\"" + rest + 3.0,
            "{__name__=\"app:n\", app=\"web\"" + rest + "stale");
    rules.queries.fail("vector(1)", "no");
    rules.pass(MINUTE);
    assertThat(rules.samples()).isEmpty();
  }

  @Test
  void aRecordingRuleHasALimitAndDistinctSeriesToo() {
    EvaluatedRules rules =
        new EvaluatedRules(
            GivenRules.of(
                "groups: [{name: g, limit: 2, rules: [{record: a, expr: vector(1)},"
                    + " {record: b, expr: vector(2), labels: {app: x}}]}]"));
    rules.queries.giveMany("vector(1)", 3);
    rules.queries.give("vector(2)", Labels.of("app", "web"), 1, Labels.of("app", "api"), 2);
    rules.pass(MINUTE);

    assertThat(rules.rules("fake").get(0).lastError())
        .isEqualTo("exceeded limit of 2 with 3 series");
    assertThat(rules.rules("fake").get(1).lastError())
        .isEqualTo("vector contains metrics with the same labelset after applying rule labels");
    assertThat(rules.samples()).isEmpty();
  }

  @Test
  void aGroupIsNeverEvaluatedTwiceAtATimeAndWhatItMissesIsCounted() throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    EvaluatedRules rules = evaluated(GivenRules.of(TWO_RULES), executor);
    CountDownLatch slow = rules.queries.hold("vector(1)");
    rules.pass(MINUTE.multipliedBy(4));
    assertThat(rules.rules("fake").getFirst().lastEvaluation()).isEmpty();

    slow.countDown();
    executor.submit(() -> {}).get(30, TimeUnit.SECONDS);
    rules.tick();
    executor.shutdown();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

    assertThat(rules.queries.asked()).hasSize(4);
    assertThat(rules.heard())
        .containsExactly(
            "loaded fake/alerts.yaml/g PT1M 2", "evaluated g 0", "missed 2", "evaluated g 0");
  }

  @Test
  void aSlowGroupDoesNotHoldUpAnother() {
    List<Runnable> waiting = new ArrayList<>();
    String groups =
        "groups: [{name: slow, rules: [{record: s, expr: vector(1)}]},"
            + " {name: quick, rules: [{record: q, expr: vector(2)}]}]";
    EvaluatedRules rules = evaluated(GivenRules.of(groups), waiting::add);
    rules.pass(MINUTE);
    assertThat(waiting).hasSize(2);
    rules.heard();

    waiting.forEach(Runnable::run);
    assertThat(rules.heard()).containsExactlyInAnyOrder("evaluated slow 0", "evaluated quick 0");
  }

  @Test
  void anExecutorThatIsStoppedIsNoFailure() {
    EvaluatedRules rules =
        evaluated(
            GivenRules.of(TWO_RULES),
            task -> {
              throw new RejectedExecutionException("stopped");
            });
    rules.pass(MINUTE.multipliedBy(2));

    assertThat(rules.rule().lastEvaluation()).isEmpty();
  }

  @Test
  void tenantsThatAreBarredAreNotEvaluated() {
    GivenRules given = GivenRules.of(TWO_RULES).give("barred", TWO_RULES);
    EvaluatedRules rules = evaluated(given, Runnable::run);
    rules.pass(MINUTE);

    assertThat(rules.queries.asked()).hasSize(2).allMatch(text -> text.startsWith("fake "));
    assertThat(rules.rules("barred").getFirst().lastEvaluation()).isEmpty();
  }
}
