package dev.skald.config.keys;

import java.time.Duration;
import java.util.List;

/** Which values of its type a key takes. */
sealed interface Bound {
  /** Returns what is wrong with a value, as in {@code wanted 0 to 65535}; empty if nothing is. */
  String complaint(Object value);

  record None() implements Bound {
    @Override
    public String complaint(Object value) {
      return "";
    }
  }

  record Within(double least, double most) implements Bound {
    @Override
    public String complaint(Object value) {
      double number = ((Number) value).doubleValue();
      if (number >= least && number <= most) {
        return "";
      }
      return most >= Integer.MAX_VALUE
          ? "wanted " + plain(least) + " or more"
          : "wanted " + plain(least) + " to " + plain(most);
    }

    private static String plain(double number) {
      return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
  }

  record Lasting(boolean zeroToo) implements Bound {
    @Override
    public String complaint(Object value) {
      Duration duration = (Duration) value;
      if (duration.isPositive() || zeroToo && duration.isZero()) {
        return "";
      }
      return zeroToo ? "wanted 0s or more" : "wanted more than 0s";
    }
  }

  record OneOf(List<String> choices) implements Bound {
    @Override
    public String complaint(Object value) {
      return choices.contains(value) ? "" : "wanted one of " + String.join(", ", choices);
    }
  }
}
