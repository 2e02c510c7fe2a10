package dev.skald.ingester.pattern;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import java.util.List;

/**
 * Which templates are wanted.
 *
 * @param matchers that a stream must fulfil
 * @param start the first moment of the range, in unix nanoseconds
 * @param end the first moment behind it
 * @param step to whose multiples the times of samples are cut, in nanoseconds, greater than 0
 */
public record PatternQuery(String tenant, List<Matcher> matchers, long start, long end, long step) {
  public PatternQuery {
    matchers = List.copyOf(matchers);
    if (step <= 0) {
      throw new IllegalArgumentException("step is " + step + ", wanted more than 0");
    }
  }

  boolean wants(Labels stream) {
    for (Matcher matcher : matchers) {
      if (!matcher.matches(stream)) {
        return false;
      }
    }
    return true;
  }
}
