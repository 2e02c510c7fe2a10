package dev.skald.logql.template;

import static dev.skald.logql.template.Function.Parameter.ANY;
import static dev.skald.logql.template.Function.Parameter.STRING;
import static dev.skald.logql.template.Function.Parameter.TIME;
import static java.util.Map.entry;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/** The functions that make, read and print times. The zone of the server is UTC. */
final class TimeFunctions {
  static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("now", Function.of(call -> GoTime.utc(call.data().now()))),
          entry("date", Function.of(TimeFunctions::date, STRING, ANY)),
          entry(
              "toDate",
              Function.of(
                  call -> toDate(call.string(0), ZoneOffset.UTC, call.string(1)), STRING, STRING)),
          entry(
              "toDateInZone",
              Function.of(
                  call -> toDate(call.string(0), zone(call.string(1)), call.string(2)),
                  STRING,
                  STRING,
                  STRING)),
          entry("unixEpoch", Function.of(call -> unix(call, 1), TIME)),
          entry("unixEpochMillis", Function.of(call -> unix(call, 1_000), TIME)),
          entry(
              "unixEpochNanos", Function.of(call -> Long.toString(call.time(0).unixNanos()), TIME)),
          entry("unixToTime", Function.of(call -> unixToTime(call.string(0)), STRING)));

  private TimeFunctions() {}

  private static Object date(Call call) {
    GoTime time =
        switch (call.any(1)) {
          case GoTime given -> given;
          case GoInt seconds
              when seconds.type() == GoInt.Type.INT || seconds.type() == GoInt.Type.INT64 ->
              GoTime.ofSeconds(seconds.value());
          case null, default -> GoTime.utc(call.data().now());
        };
    return GoTimeFormat.format(time.toUtc(), call.string(0));
  }

  private static GoTime toDate(String layout, ZoneId zone, String text) {
    GoTime time = GoTimeParse.parse(layout, text, zone);
    return time == null ? GoTime.ZERO : time;
  }

  private static ZoneId zone(String name) {
    return GoTime.zone(ByteText.decode(name));
  }

  private static Object unix(Call call, long perSecond) {
    GoTime time = call.time(0);
    long broken = time.value().getNano() / (1_000_000_000 / perSecond);
    return Long.toString(time.value().toEpochSecond() * perSecond + broken);
  }

  /** Reads a Unix time whose number of digits tells the unit. */
  private static GoTime unixToTime(String text) {
    Long number = GoNumber.parseInt(text, 10);
    if (number == null) {
      throw unparsable(text, GoNumber.failure("ParseInt", text, why(text)).getMessage());
    }
    return switch (text.length()) {
      case 5 -> GoTime.ofSeconds(number * 86_400);
      case 10 -> GoTime.ofSeconds(number);
      case 13 -> GoTime.ofNanos(number * 1_000_000);
      case 16 -> GoTime.ofNanos(number * 1_000);
      case 19 -> GoTime.ofNanos(number);
      default -> throw unparsable(text, "%!w(<nil>)");
    };
  }

  private static String why(String text) {
    boolean number = text.matches("[+-]?[0-9]+");
    return number ? "value out of range" : "invalid syntax";
  }

  private static FunctionException unparsable(String text, String why) {
    return new FunctionException("unable to parse time '" + text + "': " + why);
  }
}
