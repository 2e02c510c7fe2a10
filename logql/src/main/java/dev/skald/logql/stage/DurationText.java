package dev.skald.logql.stage;

/**
 * Durations as Go's {@code time.ParseDuration} reads them (logql.md §12.2): {@code 1h30m}, {@code
 * -1.5s}, {@code 0}; units ns, us, µs, ms, s, m, h.
 */
final class DurationText {
  private static final long OUT_OF_RANGE = Long.MIN_VALUE;

  private DurationText() {}

  /** Converts a range of bytes into nanoseconds; false with Go's message where it is none. */
  static boolean parse(byte[] bytes, int from, int to, Converted out) {
    int i = from;
    boolean negative = i < to && bytes[i] == '-';
    if (i < to && (bytes[i] == '-' || bytes[i] == '+')) {
      i++;
    }
    if (to - i == 1 && bytes[i] == '0') {
      return out.integer(0);
    }
    if (i == to) {
      return invalid(bytes, from, to, out);
    }
    // Sums are unsigned: -2⁶³ is a duration, 2⁶³ is not.
    long total = 0;
    while (i < to) {
      int number = i;
      i = skipNumber(bytes, i, to);
      if (noDigits(bytes, number, i)) {
        return invalid(bytes, from, to, out);
      }
      int unitStart = i;
      while (i < to && bytes[i] != '.' && !Bytes.isDigit(bytes[i])) {
        i++;
      }
      if (i == unitStart) {
        return out.fail("time: missing unit in duration " + quote(bytes, from, to));
      }
      long unit = unit(bytes, unitStart, i);
      if (unit == 0) {
        String name = quote(bytes, unitStart, i);
        return out.fail("time: unknown unit " + name + " in duration " + quote(bytes, from, to));
      }
      long part = scale(bytes, number, unitStart, unit);
      total += part;
      if (part == OUT_OF_RANGE && total != part || total < 0 && total != Long.MIN_VALUE) {
        return invalid(bytes, from, to, out);
      }
    }
    if (total == Long.MIN_VALUE && !negative) {
      return invalid(bytes, from, to, out);
    }
    return out.integer(negative ? -total : total);
  }

  private static boolean invalid(byte[] bytes, int from, int to, Converted out) {
    return out.fail("time: invalid duration " + quote(bytes, from, to));
  }

  private static int skipNumber(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && Bytes.isDigit(bytes[i])) {
      i++;
    }
    if (i < to && bytes[i] == '.') {
      i++;
      while (i < to && Bytes.isDigit(bytes[i])) {
        i++;
      }
    }
    return i;
  }

  private static boolean noDigits(byte[] bytes, int from, int to) {
    return to == from || to == from + 1 && bytes[from] == '.';
  }

  /** Returns a number times its unit; {@link Long#MIN_VALUE} stands for 2⁶³ and for more. */
  private static long scale(byte[] bytes, int from, int to, long unit) {
    int i = from;
    long whole = 0;
    for (; i < to && bytes[i] != '.'; i++) {
      if (whole > (Long.MAX_VALUE - 9) / 10) {
        return OUT_OF_RANGE;
      }
      whole = whole * 10 + (bytes[i] - '0');
    }
    if (whole > Long.MAX_VALUE / unit) {
      return OUT_OF_RANGE;
    }
    long fraction = 0;
    double scale = 1;
    for (i++; i < to && fraction < Long.MAX_VALUE / 10 - 1; i++) {
      fraction = fraction * 10 + (bytes[i] - '0');
      scale *= 10;
    }
    long sum = whole * unit + (long) (fraction * (unit / scale));
    return sum < 0 ? OUT_OF_RANGE : sum;
  }

  private static long unit(byte[] bytes, int from, int to) {
    byte first = bytes[from];
    if (to - from == 1) {
      return first == 's' ? 1_000_000_000L : first == 'm' ? 60_000_000_000L : first == 'h' ? 3_600_000_000_000L : 0;
    }
    if (bytes[to - 1] != 's') {
      return 0;
    }
    if (to - from == 2) {
      return first == 'n' ? 1 : first == 'u' ? 1_000 : first == 'm' ? 1_000_000 : 0;
    }
    boolean micro = first == (byte) 0xc2 && bytes[from + 1] == (byte) 0xb5
            || first == (byte) 0xce && bytes[from + 1] == (byte) 0xbc;
    return to - from == 3 && micro ? 1_000 : 0;
  }

  /** Quotes as package time does: bytes outside printable ASCII as hex. */
  private static String quote(byte[] bytes, int from, int to) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b < ' ' || b == 0x7f) {
        text.append("\\x").append(Character.forDigit(b >> 4 & 15, 16));
        text.append(Character.forDigit(b & 15, 16));
      } else {
        text.append(b == '"' || b == '\\' ? "\\" : "").append((char) b);
      }
    }
    return text.append('"').toString();
  }
}
