package dev.skald.querier.cache;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StepWindowsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3600 * SECOND;

  @ParameterizedTest
  @CsvSource({"1, 32", "15, 32", "60, 32", "120, 30", "300, 12", "3600, 1", "86400, 1"})
  void lastsAnHourAtMostAndHasOneStepAtLeast(long stepSeconds, int steps) {
    assertThat(StepWindows.of(stepSeconds * SECOND).steps()).isEqualTo(steps);
  }

  @Test
  void countsOnlyWindowsThatAreWhole() {
    StepWindows hours = StepWindows.of(HOUR / 4);

    assertThat(hours.firstFrom(8 * HOUR)).isEqualTo(8);
    assertThat(hours.firstFrom(8 * HOUR + HOUR / 4)).isEqualTo(9);
    assertThat(hours.firstBeyond(9 * HOUR)).isEqualTo(9);
    assertThat(hours.firstBeyond(10 * HOUR - HOUR / 4)).isEqualTo(10);
  }

  @Property
  void windowsFollowEachOtherWithoutAGap(
      @ForAll @LongRange(min = 1, max = 100 * HOUR) long step,
      @ForAll @LongRange(min = -1000, max = 1000) long window) {
    StepWindows windows = StepWindows.of(step);

    assertThat(windows.first(window + 1)).isEqualTo(windows.last(window) + step);
    assertThat(windows.firstFrom(windows.first(window))).isEqualTo(window);
    assertThat(windows.firstBeyond(windows.last(window))).isEqualTo(window + 1);
  }
}
