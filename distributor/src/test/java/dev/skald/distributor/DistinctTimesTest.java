package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DistinctTimesTest {
  private static long[] stored(boolean increment, Object... timesAndLines) {
    DistinctTimes times = new DistinctTimes(increment);
    long[] stored = new long[timesAndLines.length / 2];
    for (int i = 0; i < stored.length; i++) {
      long sent = (int) timesAndLines[2 * i];
      stored[i] = times.next(sent, Pushes.slice((String) timesAndLines[2 * i + 1]));
    }
    return stored;
  }

  @Test
  void leavesTimesAloneWhereNothingElseIsAskedFor() {
    assertThat(stored(false, 5, "a", 5, "b")).containsExactly(5, 5);
  }

  @Test
  void movesEachFurtherEntryOnByANanosecond() {
    assertThat(stored(true, 5, "a", 5, "b", 5, "c", 9, "d")).containsExactly(5, 6, 7, 9);
  }

  @Test
  void movesOnWhatComesAtATimeThatIsTaken() {
    assertThat(stored(true, 5, "a", 5, "b", 6, "c", 7, "d")).containsExactly(5, 6, 7, 8);
  }

  @Test
  void leavesADuplicateItsTime() {
    assertThat(stored(true, 5, "a", 5, "a", 5, "b", 5, "b")).containsExactly(5, 5, 6, 6);
  }

  @Test
  void startsAgainAtAnEarlierTime() {
    assertThat(stored(true, 5, "a", 5, "b", 2, "c", 2, "d")).containsExactly(5, 6, 2, 3);
  }
}
