package dev.skald.logql.eval;

/** A set of steps. Not safe for use by several threads. */
final class StepBits {
  private final long[] words;

  StepBits(int steps) {
    this.words = new long[(steps + 63) >> 6];
  }

  void set(int step) {
    words[step >> 6] |= 1L << step;
  }

  boolean has(int step) {
    return (words[step >> 6] >>> step & 1) != 0;
  }

  /** Adds a step and returns whether it was in the set already. */
  boolean testAndSet(int step) {
    boolean had = has(step);
    set(step);
    return had;
  }

  /** Returns the first step of the set at or after a step, or -1. */
  int next(int from) {
    int word = from >> 6;
    if (word >= words.length) {
      return -1;
    }
    long bits = words[word] & -1L << from;
    while (bits == 0) {
      if (++word == words.length) {
        return -1;
      }
      bits = words[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }
}
