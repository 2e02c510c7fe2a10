package dev.skald.logql.eval;

/** {@code last_over_time}: the value of the latest sample. */
final class LastFunction extends TimedFunction {
  @Override
  boolean replaces(long before, long time) {
    return time >= before;
  }
}
