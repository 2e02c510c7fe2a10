package dev.skald.logql.eval;

/** {@code first_over_time}: the value of the earliest sample. */
final class FirstFunction extends TimedFunction {
  @Override
  boolean replaces(long before, long time) {
    return time < before;
  }
}
