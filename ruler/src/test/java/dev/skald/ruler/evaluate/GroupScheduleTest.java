package dev.skald.ruler.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.ruler.rules.RuleGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GroupScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static GroupSchedule schedule(String group, Duration jitter, Instant now) {
    return new GroupSchedule(new RuleGroup.Key("fake", "a.yaml", group), MINUTE, jitter, now);
  }

  private static Instant first(GroupSchedule schedule, Instant from) {
    for (Instant now = from; ; now = now.plusMillis(10)) {
      Optional<GroupSchedule.Due> due = schedule.due(now);
      if (due.isPresent()) {
        return due.get().at();
      }
    }
  }

  @Test
  void momentsAreAnIntervalApartAndTheSameAfterARestart() {
    GroupSchedule schedule = schedule("g", Duration.ZERO, NOW);
    Instant first = first(schedule, NOW);

    assertThat(first).isBetween(NOW, NOW.plus(MINUTE));
    assertThat(first(schedule, first)).isEqualTo(first.plus(MINUTE));
    Instant later = NOW.plusSeconds(12_345);
    Instant after = first(schedule("g", Duration.ZERO, later), later);
    assertThat(Duration.between(first, after).toNanos() % MINUTE.toNanos()).isZero();
  }

  @Test
  void groupsAreSpreadOverTheInterval() {
    Set<Long> tenths = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Instant first = first(schedule("group-" + i, Duration.ZERO, NOW), NOW);
      tenths.add(Duration.between(NOW, first).toSeconds() / 6);
    }
    assertThat(tenths).hasSize(10);
  }

  @Test
  void momentsThatPassedAreMissedAndTheLatestIsDue() {
    GroupSchedule schedule = schedule("g", Duration.ZERO, NOW);
    Instant first = first(schedule, NOW);

    assertThat(schedule.due(first.plus(MINUTE.multipliedBy(4)).plusSeconds(7)))
        .contains(new GroupSchedule.Due(first.plus(MINUTE.multipliedBy(4)), 3));
    assertThat(schedule.due(first.plus(MINUTE.multipliedBy(4)).plusSeconds(8))).isEmpty();
  }

  @Test
  void aClockThatIsSetBackStopsNothing() {
    GroupSchedule schedule = schedule("g", Duration.ZERO, NOW);
    first(schedule, NOW);
    Instant back = NOW.minus(Duration.ofDays(1));

    assertThat(schedule.due(back)).isEmpty();
    assertThat(first(schedule, back)).isBetween(back, back.plus(MINUTE));
  }

  @Test
  void jitterDelaysTheEvaluationButNotTheMomentThatItIsFor() {
    Duration jitter = Duration.ofSeconds(30);
    Instant plain = first(schedule("g", Duration.ZERO, NOW), NOW);
    GroupSchedule late = schedule("g", jitter, NOW);

    assertThat(late.due(plain)).isEmpty();
    assertThat(late.due(plain.plus(jitter)).map(GroupSchedule.Due::at)).contains(plain);
  }
}
