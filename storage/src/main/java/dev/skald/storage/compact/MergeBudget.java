package dev.skald.storage.compact;

import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What merging may cost. Time that passes while a merge works counts as work, so that it yields
 * even more where others want the processor.
 *
 * @param cores how busy a merge may be, as a part of one core: more than 0, at most 1
 * @param bytesPerSecond how much it may read in a second; 0 for any
 * @param nanos a clock that only goes on
 * @param pause how to wait
 */
public record MergeBudget(double cores, long bytesPerSecond, LongSupplier nanos, Pause pause) {
  /** Waits are gathered until they come to this. */
  private static final long SHORTEST_PAUSE = 5_000_000;

  /** A pause is no longer, so that a merge that is to stop soon hears of it. */
  private static final long LONGEST_PAUSE = 250_000_000;

  public MergeBudget {
    Objects.requireNonNull(nanos, "nanos is null");
    Objects.requireNonNull(pause, "pause is null");
    if (!(cores > 0 && cores <= 1) || bytesPerSecond < 0) {
      throw new IllegalArgumentException(
          "a budget of " + cores + " cores, " + bytesPerSecond + " bytes a second");
    }
  }

  /** Begins a merge; the pace is for the one thread that it runs on. */
  Pace begin() {
    return new Pace() {
      private long workSince = nanos.getAsLong();
      private double debt;

      @Override
      public void spend(long bytes) {
        long worked = nanos.getAsLong() - workSince;
        double forCores = worked * (1 / cores - 1);
        double forBytes = bytesPerSecond == 0 ? 0 : bytes * 1e9 / bytesPerSecond - worked;
        debt += Math.max(forCores, forBytes);
        if (debt >= SHORTEST_PAUSE) {
          long before = nanos.getAsLong();
          pause.sleep((long) Math.min(debt, LONGEST_PAUSE));
          // A sleep that ends late has paid for more.
          debt = Math.max(debt - (nanos.getAsLong() - before), -LONGEST_PAUSE);
        }
        workSince = nanos.getAsLong();
      }
    };
  }
}
