package dev.skald.storage.compact;

import java.time.Duration;
import java.util.Objects;

/**
 * What is worth a merge.
 *
 * @param leastInputs fewer segments are not merged before the day is over
 * @param mostInputs more are not read side by side, for the memory that each takes
 * @param mostBytes the inputs of a merge are not larger together
 * @param mostStreams the inputs have not more streams together, for the memory that each takes
 * @param mostEntries the inputs have not more entries together
 * @param coldAfter how long a day must be over, and get nothing new, to be compressed for good
 */
public record PlannerOptions(
    int leastInputs,
    int mostInputs,
    long mostBytes,
    long mostStreams,
    long mostEntries,
    Duration coldAfter) {
  public static final PlannerOptions DEFAULT =
      new PlannerOptions(6, 8, 256L << 20, 200_000, 20_000_000, Duration.ofHours(6));

  public PlannerOptions {
    Objects.requireNonNull(coldAfter, "coldAfter is null");
    if (leastInputs < 2 || mostInputs < leastInputs) {
      throw new IllegalArgumentException(
          "merges of " + leastInputs + " to " + mostInputs + " segments");
    }
    if (mostBytes < 1 || mostStreams < 1 || mostEntries < 1 || coldAfter.isNegative()) {
      throw new IllegalArgumentException("a limit of a merge is negative or zero");
    }
  }

  public PlannerOptions withLeastInputs(int count) {
    return new PlannerOptions(count, mostInputs, mostBytes, mostStreams, mostEntries, coldAfter);
  }

  public PlannerOptions withMostBytes(long bytes) {
    return new PlannerOptions(leastInputs, mostInputs, bytes, mostStreams, mostEntries, coldAfter);
  }

  public PlannerOptions withColdAfter(Duration duration) {
    return new PlannerOptions(
        leastInputs, mostInputs, mostBytes, mostStreams, mostEntries, duration);
  }
}
