package dev.skald.logql.stage;

/** What the text of a label value was converted to. Reused from value to value. */
final class Converted {
  /** The value as a number. */
  double number;

  /** The value as nanoseconds, or as bytes, which are unsigned. */
  long integer;

  /** Why the text has no value, in Go's words; null if it has one. */
  String error;

  boolean fail(String message) {
    error = message;
    return false;
  }

  boolean number(double value) {
    error = null;
    number = value;
    return true;
  }

  boolean integer(long value) {
    error = null;
    integer = value;
    return true;
  }
}
