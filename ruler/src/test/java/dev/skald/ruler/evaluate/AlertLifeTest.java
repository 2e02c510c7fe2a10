package dev.skald.ruler.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.ruler.status.AlertState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class AlertLifeTest {
  private static final Instant T0 = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration HOLD = Duration.ofMinutes(5);
  private static final Duration GRACE = Duration.ofMinutes(2);

  private static Instant at(int minutes) {
    return T0.plus(Duration.ofMinutes(minutes));
  }

  private static AlertLife firing() {
    return AlertLife.begin(T0).present(at(5), HOLD);
  }

  @Test
  void withoutForItFiresAtOnce() {
    assertThat(AlertLife.begin(T0).present(T0, Duration.ZERO).state()).isEqualTo(AlertState.FIRING);
  }

  @Test
  void itFiresOnceItsResultWasThereForLongEnough() {
    AlertLife life = AlertLife.begin(T0);

    assertThat(life.present(at(4), HOLD)).isEqualTo(life);
    assertThat(firing().state()).isEqualTo(AlertState.FIRING);
    assertThat(firing().firedAt()).contains(at(5));
    assertThat(firing().present(at(9), HOLD)).isEqualTo(firing());
  }

  @Test
  void onePendingIsForgottenWithItsResult() {
    assertThat(AlertLife.begin(T0).absent(at(1), Duration.ofHours(1))).isEmpty();
  }

  @Test
  void oneThatFiredIsResolvedAndForgottenAQuarterOfAnHourLater() {
    AlertLife resolved = firing().absent(at(6), Duration.ZERO).orElseThrow();

    assertThat(resolved.isResolved()).isTrue();
    assertThat(resolved.resolvedAt()).contains(at(6));
    assertThat(resolved.absent(at(21), Duration.ZERO)).contains(resolved);
    assertThat(resolved.absent(at(22), Duration.ZERO)).isEmpty();
  }

  @Test
  void aResolvedOneBeginsAgain() {
    AlertLife again = firing().resolved(at(6)).present(at(8), HOLD);

    assertThat(again).isEqualTo(AlertLife.begin(at(8)));
  }

  @Test
  void itIsKeptFiringForAWhileWithoutAResult() {
    Duration keep = Duration.ofMinutes(3);
    AlertLife kept = firing().absent(at(6), keep).orElseThrow();

    assertThat(kept.state()).isEqualTo(AlertState.FIRING);
    assertThat(kept.absent(at(8), keep)).contains(kept);
    assertThat(kept.absent(at(9), keep).orElseThrow().resolvedAt()).contains(at(9));
    assertThat(kept.present(at(8), HOLD)).isEqualTo(firing());
  }

  @Test
  void timeThatTheProcessWasDownDoesNotCount() {
    AlertLife pending = AlertLife.begin(T0);

    AlertLife restored = pending.restored(at(1), at(31), HOLD, GRACE);

    assertThat(restored.activeAt()).isEqualTo(at(30));
    assertThat(restored.present(at(34), HOLD).state()).isEqualTo(AlertState.PENDING);
    assertThat(restored.present(at(35), HOLD).state()).isEqualTo(AlertState.FIRING);
  }

  @Test
  void afterARestartOneWaitsForTheGracePeriodAtLeast() {
    AlertLife restored = AlertLife.begin(T0).restored(at(4), at(10), HOLD, GRACE);

    assertThat(restored.present(at(11), HOLD).state()).isEqualTo(AlertState.PENDING);
    assertThat(restored.present(at(12), HOLD).state()).isEqualTo(AlertState.FIRING);
    AlertLife shorter = AlertLife.begin(T0).restored(at(4), at(10), HOLD, Duration.ofMinutes(10));
    assertThat(shorter.present(at(11), HOLD).state()).isEqualTo(AlertState.FIRING);
  }

  @Test
  void oneThatFiredFiresAfterARestart() {
    assertThat(firing().restored(at(6), at(10), HOLD, GRACE)).isEqualTo(firing());
  }
}
