package dev.skald.logql.stage;

import dev.skald.logql.syntax.Durations;
import java.nio.charset.StandardCharsets;

/** Durations as label values spell them, read as {@link Durations#parseGo} reads text. */
final class DurationText {
  private static final int EXACT_DIGITS = 9;
  private static final long[] POWERS_OF_TEN = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  private DurationText() {}

  /** Converts a range of bytes into nanoseconds; false with Go's message where it is none. */
  static boolean parse(byte[] bytes, int from, int to, Converted out) {
    if (plain(bytes, from, to, out)) {
      return true;
    }
    try {
      String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      return out.integer(Durations.parseGo(text));
    } catch (IllegalArgumentException e) {
      return out.fail(e.getMessage());
    }
  }

  /** Reads one number of few digits and its unit: {@code 12ms}, {@code 1.25s}. */
  private static boolean plain(byte[] bytes, int from, int to, Converted out) {
    long digits = 0;
    int point = -1;
    int i = from;
    for (; i < to; i++) {
      byte b = bytes[i];
      if (Bytes.isDigit(b)) {
        digits = digits * 10 + (b - '0');
      } else if (b == '.' && point < 0) {
        point = i;
      } else {
        break;
      }
    }
    int count = i - from - (point < 0 ? 0 : 1);
    long unit = unit(bytes, i, to);
    if (count <= 0 || count > EXACT_DIGITS || unit == 0 || digits > Long.MAX_VALUE / unit) {
      return false;
    }
    return out.integer(digits * unit / POWERS_OF_TEN[point < 0 ? 0 : i - point - 1]);
  }

  /** Returns the nanoseconds of a common unit, or 0. */
  private static long unit(byte[] bytes, int from, int to) {
    if (to - from == 1) {
      return switch (bytes[from]) {
        case 's' -> 1_000_000_000L;
        case 'm' -> 60_000_000_000L;
        case 'h' -> 3_600_000_000_000L;
        default -> 0;
      };
    }
    if (to - from != 2 || bytes[from + 1] != 's') {
      return 0;
    }
    return switch (bytes[from]) {
      case 'm' -> 1_000_000L;
      case 'u' -> 1_000L;
      case 'n' -> 1L;
      default -> 0;
    };
  }
}
