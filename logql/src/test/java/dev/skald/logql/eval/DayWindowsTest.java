package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DayWindowsTest {
  private static final long DAY = 86_400_000_000_000L;

  private static List<DayWindows.Window> windows(Direction direction, long start, long end) {
    List<DayWindows.Window> windows = new ArrayList<>();
    new DayWindows(direction, start, end).forEachRemaining(windows::add);
    return windows;
  }

  @Test
  void cutsAtMidnightsFromTheNewestDayOnIntoMoreAndMoreDays() {
    assertThat(windows(Direction.BACKWARD, DAY + 5, 10 * DAY + 7))
        .containsExactly(
            new DayWindows.Window(10 * DAY, 10 * DAY + 7),
            new DayWindows.Window(9 * DAY, 10 * DAY),
            new DayWindows.Window(7 * DAY, 9 * DAY),
            new DayWindows.Window(3 * DAY, 7 * DAY),
            new DayWindows.Window(DAY + 5, 3 * DAY));
  }

  @Test
  void cutsAtMidnightsFromTheOldestDayOnIntoMoreAndMoreDays() {
    assertThat(windows(Direction.FORWARD, DAY + 5, 10 * DAY + 7))
        .containsExactly(
            new DayWindows.Window(DAY + 5, 2 * DAY),
            new DayWindows.Window(2 * DAY, 3 * DAY),
            new DayWindows.Window(3 * DAY, 5 * DAY),
            new DayWindows.Window(5 * DAY, 9 * DAY),
            new DayWindows.Window(9 * DAY, 10 * DAY + 7));
  }

  @Test
  void leavesARangeWithinADayWhole() {
    assertThat(windows(Direction.FORWARD, DAY, 2 * DAY))
        .containsExactly(new DayWindows.Window(DAY, 2 * DAY));
    assertThat(windows(Direction.BACKWARD, -DAY, 0))
        .containsExactly(new DayWindows.Window(-DAY, 0));
    assertThat(windows(Direction.BACKWARD, 5, 5)).isEmpty();
  }

  @Test
  void copesWithAllOfTime() {
    for (Direction direction : Direction.values()) {
      List<DayWindows.Window> all = windows(direction, Long.MIN_VALUE, Long.MAX_VALUE);
      assertThat(all).hasSizeLessThan(70);
      long sum = all.stream().mapToLong(window -> window.end() - window.start()).sum();
      assertThat(sum).isEqualTo(Long.MAX_VALUE - Long.MIN_VALUE);
    }
  }
}
