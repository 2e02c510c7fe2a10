package dev.skald.config;

import java.time.Duration;
import java.util.Objects;

/** What constructors of records check; the message names the key, what came and what was wanted. */
final class Check {
  private Check() {}

  static <T> T present(T value, String key) {
    return Objects.requireNonNull(value, () -> key + " is null");
  }

  static void within(long value, long least, long most, String key) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          key + " is " + value + ", wanted " + least + " to " + most);
    }
  }

  static void notNegative(double value, String key) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException(key + " is " + value + ", wanted 0 or more");
    }
  }

  static void notNegative(Duration value, String key) {
    if (present(value, key).isNegative()) {
      throw new IllegalArgumentException(key + " is " + value + ", wanted 0 or more");
    }
  }

  static void positive(long value, String key) {
    if (value <= 0) {
      throw new IllegalArgumentException(key + " is " + value + ", wanted more than 0");
    }
  }

  static void positive(Duration value, String key) {
    if (!present(value, key).isPositive()) {
      throw new IllegalArgumentException(key + " is " + value + ", wanted more than 0");
    }
  }
}
