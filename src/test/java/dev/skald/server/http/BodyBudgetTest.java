package dev.skald.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BodyBudgetTest {
  private final BodyBudget budget = new BodyBudget(100);
  private final List<String> resumed = new ArrayList<>();

  private BodyBudget.Share open(String name) {
    return budget.open(() -> resumed.add(name));
  }

  @Test
  void letsAllReadWhileThereIsRoom() {
    assertThat(open("a").add(50)).isTrue();
    assertThat(open("b").add(49)).isTrue();
    assertThat(budget.held()).isEqualTo(99);
  }

  @Test
  void letsOnlyTheOldestGoOnWhenFull() {
    BodyBudget.Share oldest = open("oldest");
    BodyBudget.Share other = open("other");
    assertThat(other.add(100)).isFalse();
    assertThat(oldest.add(100)).isTrue();
    assertThat(oldest.add(100)).isTrue();
    assertThat(other.add(1)).isFalse();
    assertThat(resumed).isEmpty();
  }

  @Test
  void letsNobodyGoOnWhileARequestIsAnswered() {
    BodyBudget.Share answered = open("answered");
    answered.add(60);
    answered.complete();
    BodyBudget.Share next = open("next");
    assertThat(next.add(60)).isFalse();
    assertThat(resumed).isEmpty();
    answered.release();
    assertThat(resumed).containsExactly("next");
    assertThat(next.add(60)).isTrue();
  }

  @Test
  void letsTheNextGoOnWhenTheOldestGivesUp() {
    BodyBudget.Share oldest = open("oldest");
    BodyBudget.Share second = open("second");
    BodyBudget.Share third = open("third");
    oldest.add(10);
    assertThat(second.add(60)).isTrue();
    assertThat(third.add(60)).isFalse();
    assertThat(second.add(10)).isFalse();
    oldest.release();
    assertThat(resumed).containsExactly("second");
    second.release();
    assertThat(resumed).containsExactly("second", "third");
    third.release();
    assertThat(budget.held()).isZero();
  }

  @Test
  void countsNothingTwice() {
    BodyBudget.Share share = open("share");
    share.add(10);
    share.complete();
    share.complete();
    assertThat(budget.held()).isEqualTo(10);
    share.release();
    share.release();
    share.complete();
    assertThat(budget.held()).isZero();
  }
}
