package dev.skald.config;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The two ways in which Loki writes durations (config-and-clients.md §1.1): Go's ({@code 1.5h},
 * {@code 300ms}) and Prometheus' ({@code 7d}, {@code 1h30m}).
 *
 * <p>The parse methods throw {@link IllegalArgumentException} with Loki's words.
 */
public final class Durations {
  private static final Map<String, Long> GO_UNITS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "μs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);
  private static final Pattern GO_PART =
      Pattern.compile("(\\d{1,30}\\.?\\d{0,30}|\\.\\d{1,30})(ns|us|µs|μs|ms|s|m|h)");
  private static final Pattern PROMETHEUS =
      Pattern.compile(
          "(?:(\\d{1,18})y)?(?:(\\d{1,18})w)?(?:(\\d{1,18})d)?(?:(\\d{1,18})h)?"
              + "(?:(\\d{1,18})m)?(?:(\\d{1,18})s)?(?:(\\d{1,18})ms)?");
  private static final String[] UNIT_NAMES = {"y", "w", "d", "h", "m", "s", "ms"};
  private static final long[] UNIT_MILLIS = {
    31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L
  };
  private static final BigDecimal MOST_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);

  private Durations() {}

  /** Reads Go's form, {@code -1.5h} or {@code 1m30s}; {@code 0} needs no unit. */
  public static Duration parseGo(String text) {
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    Matcher part = GO_PART.matcher(rest);
    BigDecimal nanos = BigDecimal.ZERO;
    int end = 0;
    while (part.find() && part.start() == end) {
      nanos =
          nanos.add(
              new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(goUnit(part.group(2)))));
      end = part.end();
    }
    if (end == 0 || end != rest.length() || nanos.compareTo(MOST_NANOS) > 0) {
      throw new IllegalArgumentException("time: invalid duration " + quoted(text));
    }
    long whole = nanos.setScale(0, RoundingMode.DOWN).longValueExact();
    return Duration.ofNanos(negative ? -whole : whole);
  }

  /** Reads Prometheus' form, {@code 1w2d} or {@code 1h30m}; {@code 0} needs no unit. */
  public static Duration parsePrometheus(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty duration string");
    }
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher whole = PROMETHEUS.matcher(text);
    if (!whole.matches()) {
      throw new IllegalArgumentException("not a valid duration string: " + quoted(text));
    }
    try {
      long millis = 0;
      for (int unit = 0; unit < UNIT_MILLIS.length; unit++) {
        String count = whole.group(unit + 1);
        if (count != null) {
          millis =
              Math.addExact(millis, Math.multiplyExact(Long.parseLong(count), UNIT_MILLIS[unit]));
        }
      }
      Math.multiplyExact(millis, 1_000_000L);
      return Duration.ofMillis(millis);
    } catch (ArithmeticException tooLong) {
      throw new IllegalArgumentException("duration out of range", tooLong);
    }
  }

  /** Prints as Go does: {@code 1h0m0s}, {@code 1.5s}, {@code 300ms}, {@code 0s}. */
  public static String go(Duration duration) {
    Duration rest = duration.abs();
    String sign = duration.isNegative() ? "-" : "";
    if (rest.isZero()) {
      return "0s";
    }
    if (rest.compareTo(Duration.ofSeconds(1)) < 0) {
      return sign + underASecond(rest.toNanos());
    }
    StringBuilder text = new StringBuilder(sign);
    if (rest.toHours() > 0) {
      text.append(rest.toHours()).append('h');
    }
    if (rest.toMinutes() > 0) {
      text.append(rest.toMinutesPart()).append('m');
    }
    BigDecimal seconds =
        BigDecimal.valueOf(rest.toSecondsPart()).add(BigDecimal.valueOf(rest.toNanosPart(), 9));
    return text.append(plain(seconds)).append('s').toString();
  }

  /** Prints as Prometheus does: {@code 30d1h}, {@code 1w}, {@code 0s}; cuts below 1 ms. */
  public static String prometheus(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder(millis < 0 ? "-" : "");
    millis = Math.abs(millis);
    for (int unit = 0; unit < UNIT_MILLIS.length; unit++) {
      boolean onlyExact = unit < 2; // years and weeks stand alone or not at all
      if (millis < UNIT_MILLIS[unit] || onlyExact && millis % UNIT_MILLIS[unit] != 0) {
        continue;
      }
      text.append(millis / UNIT_MILLIS[unit]).append(UNIT_NAMES[unit]);
      millis %= UNIT_MILLIS[unit];
    }
    return text.toString();
  }

  private static long goUnit(String name) {
    return GO_UNITS.get(name);
  }

  private static String underASecond(long nanos) {
    if (nanos < 1_000) {
      return nanos + "ns";
    }
    return nanos < 1_000_000
        ? plain(BigDecimal.valueOf(nanos, 3)) + "µs"
        : plain(BigDecimal.valueOf(nanos, 6)) + "ms";
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
