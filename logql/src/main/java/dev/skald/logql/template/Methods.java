package dev.skald.logql.template;

import static dev.skald.logql.template.Function.Parameter.ANY;
import static dev.skald.logql.template.Function.Parameter.DURATION;
import static dev.skald.logql.template.Function.Parameter.INT;
import static dev.skald.logql.template.Function.Parameter.STRING;
import static dev.skald.logql.template.Function.Parameter.TIME;
import static java.util.Map.entry;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The methods of times, durations, months and weekdays. Adding one is adding a line here. */
final class Methods {
  private static final Map<String, Function> OF_TIME =
      Map.ofEntries(
          entry("Year", of(c -> GoInt.of(c.time(0).value().getYear()))),
          entry("Month", of(c -> new GoInt(c.time(0).value().getMonthValue(), GoInt.Type.MONTH))),
          entry("Day", of(c -> GoInt.of(c.time(0).value().getDayOfMonth()))),
          entry("YearDay", of(c -> GoInt.of(c.time(0).value().getDayOfYear()))),
          entry(
              "Weekday",
              of(
                  c ->
                      new GoInt(
                          c.time(0).value().getDayOfWeek().getValue() % 7, GoInt.Type.WEEKDAY))),
          entry("Hour", of(c -> GoInt.of(c.time(0).value().getHour()))),
          entry("Minute", of(c -> GoInt.of(c.time(0).value().getMinute()))),
          entry("Second", of(c -> GoInt.of(c.time(0).value().getSecond()))),
          entry("Nanosecond", of(c -> GoInt.of(c.time(0).value().getNano()))),
          entry("Unix", of(c -> GoInt.int64(c.time(0).value().toEpochSecond()))),
          entry("UnixMilli", of(c -> GoInt.int64(scaled(c.time(0), 1_000)))),
          entry("UnixMicro", of(c -> GoInt.int64(scaled(c.time(0), 1_000_000)))),
          entry("UnixNano", of(c -> GoInt.int64(c.time(0).unixNanos()))),
          entry("UTC", of(c -> c.time(0).toUtc())),
          entry("Local", of(c -> c.time(0).toUtc())),
          entry("String", of(c -> c.time(0).toString())),
          entry("IsZero", of(c -> instant(c, 0).equals(GoTime.ZERO.value().toInstant()))),
          entry(
              "Format",
              Function.of(c -> GoTimeFormat.format(c.time(0), c.string(1)), TIME, STRING)),
          entry(
              "Add",
              Function.of(c -> inRange(() -> c.time(0).plusNanos(c.integer(1))), TIME, DURATION)),
          entry("AddDate", Function.of(Methods::addDate, TIME, INT, INT, INT)),
          entry("Sub", Function.of(c -> since(instant(c, 1), instant(c, 0)), TIME, TIME)),
          entry("Before", Function.of(c -> instant(c, 0).isBefore(instant(c, 1)), TIME, TIME)),
          entry("After", Function.of(c -> instant(c, 0).isAfter(instant(c, 1)), TIME, TIME)),
          entry("Equal", Function.of(c -> instant(c, 0).equals(instant(c, 1)), TIME, TIME)),
          entry(
              "Compare",
              Function.of(
                  c -> GoInt.of(Integer.signum(instant(c, 0).compareTo(instant(c, 1)))),
                  TIME,
                  TIME)),
          entry("Truncate", Function.of(Methods::truncate, TIME, DURATION)));

  private static final Map<String, Function> OF_DURATION =
      Map.of(
          "Nanoseconds", Function.of(c -> GoInt.int64(c.integer(0)), ANY),
          "Microseconds", Function.of(c -> GoInt.int64(c.integer(0) / 1_000), ANY),
          "Milliseconds", Function.of(c -> GoInt.int64(c.integer(0) / 1_000_000), ANY),
          "Seconds", Function.of(c -> GoNumber.seconds(c.integer(0)), ANY),
          "Minutes", Function.of(c -> GoNumber.seconds(c.integer(0)) / 60, ANY),
          "Hours", Function.of(c -> GoNumber.seconds(c.integer(0)) / 3600, ANY),
          "Abs", Function.of(c -> GoInt.duration(Math.abs(c.integer(0))), ANY),
          "String", Function.of(c -> c.any(0).toString(), ANY));

  private static final Map<String, Function> OF_NAMES =
      Map.of("String", Function.of(c -> c.any(0).toString(), ANY));

  private Methods() {}

  /** Returns a method of a value; null if there is none of that name. */
  static Function find(Object value, String name) {
    return switch (value) {
      case GoTime _ -> OF_TIME.get(name);
      case GoInt integer when integer.type() == GoInt.Type.DURATION -> OF_DURATION.get(name);
      case GoInt integer when integer.isStringer() -> OF_NAMES.get(name);
      default -> null;
    };
  }

  private static Function of(Function.Body body) {
    return Function.of(body, TIME);
  }

  private static Instant instant(Call call, int index) {
    return call.time(index).value().toInstant();
  }

  private static long scaled(GoTime time, long perSecond) {
    return time.value().toEpochSecond() * perSecond
        + time.value().getNano() / (1_000_000_000 / perSecond);
  }

  private static GoInt since(Instant from, Instant to) {
    Duration between = Duration.between(from, to);
    try {
      return GoInt.duration(between.toNanos());
    } catch (ArithmeticException _) {
      return GoInt.duration(between.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
  }

  private static GoTime addDate(Call call) {
    GoTime time = call.time(0);
    return inRange(
        () ->
            new GoTime(
                time.value()
                    .withDayOfMonth(1)
                    .plusYears(call.integer(1))
                    .plusMonths(call.integer(2))
                    .plusDays(Math.addExact(call.integer(3), time.value().getDayOfMonth() - 1)),
                time.zone()));
  }

  private static GoTime truncate(Call call) {
    long unit = call.integer(1);
    Instant instant = instant(call, 0);
    if (unit <= 0) {
      return call.time(0);
    }
    Duration sinceZero = Duration.between(GoTime.ZERO.value().toInstant(), instant);
    BigInteger nanos =
        BigInteger.valueOf(sinceZero.getSeconds())
            .multiply(BigInteger.valueOf(1_000_000_000))
            .add(BigInteger.valueOf(sinceZero.getNano()));
    return call.time(0).plusNanos(-nanos.mod(BigInteger.valueOf(unit)).longValue());
  }

  private interface TimeSupplier {
    GoTime get();
  }

  private static GoTime inRange(TimeSupplier supplier) {
    try {
      return supplier.get();
    } catch (DateTimeException | ArithmeticException _) {
      throw new FunctionException("the time is out of range");
    }
  }
}
