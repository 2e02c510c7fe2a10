package dev.skald.logql.template;

import dev.skald.logql.syntax.Durations;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;

/** An integer as Go has it: a value, and a type that decides where it fits and how it prints. */
public record GoInt(long value, Type type) {

  /** The types of Go that templates meet. */
  public enum Type {
    INT("int"),
    INT64("int64"),
    BYTE("uint8"),
    MONTH("time.Month"),
    WEEKDAY("time.Weekday"),
    DURATION("time.Duration");

    private final String goName;

    Type(String goName) {
      this.goName = goName;
    }

    String goName() {
      return goName;
    }
  }

  public static GoInt of(long value) {
    return new GoInt(value, Type.INT);
  }

  public static GoInt int64(long value) {
    return new GoInt(value, Type.INT64);
  }

  public static GoInt duration(long nanos) {
    return new GoInt(nanos, Type.DURATION);
  }

  /** Returns whether the type prints itself, rather than as a number. */
  boolean isStringer() {
    return switch (type) {
      case INT, INT64, BYTE -> false;
      case MONTH, WEEKDAY, DURATION -> true;
    };
  }

  @Override
  public String toString() {
    return switch (type) {
      case INT, INT64, BYTE -> Long.toString(value);
      case MONTH -> Month.of((int) value).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case WEEKDAY ->
          DayOfWeek.of(value == 0 ? 7 : (int) value).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case DURATION -> ByteText.encode(Durations.printGo(value));
    };
  }
}
