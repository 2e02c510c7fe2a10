package dev.skald.storage.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.config.RetentionLimits;
import dev.skald.config.RetentionLimits.Deletion;
import dev.skald.config.RetentionLimits.StreamRetention;
import dev.skald.logql.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetentionRulesTest {
  private static final Labels DEV = Labels.of("app", "a", "env", "dev");

  private static RetentionRules rules(int days, StreamRetention... streams) {
    return new RetentionRules(
        new RetentionLimits(Duration.ofDays(days), List.of(streams), Deletion.FILTER_AND_DELETE));
  }

  private static StreamRetention rule(String selector, int priority, int days) {
    return StreamRetention.of(selector, priority, Duration.ofDays(days));
  }

  @Test
  void aStreamThatNoRuleMatchesIsKeptForTheUsualPeriod() {
    assertThat(rules(7, rule("{app=\"b\"}", 1, 2)).period(DEV)).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void theHighestPriorityWins() {
    RetentionRules rules =
        rules(
            7,
            rule("{env=\"dev\"}", 1, 2),
            rule("{app=~\".+\"}", 5, 30),
            rule("{app=\"a\"}", 3, 1));
    assertThat(rules.period(DEV)).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void ofEqualPrioritiesTheShorterPeriodWins() {
    RetentionRules rules = rules(1, rule("{env=\"dev\"}", 1, 9), rule("{app=\"a\"}", 1, 3));
    assertThat(rules.period(DEV)).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void aPeriodOfZeroIsForEver() {
    RetentionRules rules = rules(0, rule("{app=\"b\"}", 1, 2));
    assertThat(rules.period(DEV)).isEqualTo(RetentionRules.FOR_EVER);
    assertThat(rules.longest()).isEqualTo(RetentionRules.FOR_EVER);
    assertThat(rules.shortest()).isEqualTo(Duration.ofDays(2));
    assertThat(RetentionRules.firstKept(RetentionRules.FOR_EVER, Instant.now()))
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void withoutRulesThereIsOnePeriod() {
    assertThat(rules(7).shortest()).isEqualTo(Duration.ofDays(7));
    assertThat(rules(7).longest()).isEqualTo(Duration.ofDays(7));
    assertThat(rules(0).shortest()).isEqualTo(RetentionRules.FOR_EVER);
  }
}
