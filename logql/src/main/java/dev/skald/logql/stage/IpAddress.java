package dev.skald.logql.stage;

import java.nio.charset.StandardCharsets;

/**
 * An address as Go's {@code net/netip} knows it. IPv4 and IPv6 addresses never equal one another.
 *
 * @param high the upper 64 bits; 0 for IPv4
 * @param zone of an IPv6 address, or empty
 */
record IpAddress(boolean v6, long high, long low, String zone) implements Comparable<IpAddress> {

  /** Returns the address that the bytes spell, or null. */
  static IpAddress parse(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '.') {
        return parseV4(bytes, from, to);
      }
      if (bytes[i] == ':') {
        return parseV6(bytes, from, to);
      }
      if (bytes[i] == '%') {
        return null;
      }
    }
    return null;
  }

  static IpAddress parse(String text) {
    byte[] bytes = Bytes.utf8(text);
    return parse(bytes, 0, bytes.length);
  }

  private static IpAddress parseV4(byte[] bytes, int from, int to) {
    long value = v4Bits(bytes, from, to);
    return value < 0 ? null : new IpAddress(false, 0, value, "");
  }

  /** Returns the 32 bits of a dotted address, or -1; octets have no leading zero. */
  private static long v4Bits(byte[] bytes, int from, int to) {
    long bits = 0;
    int octets = 0;
    int i = from;
    while (true) {
      int start = i;
      int octet = 0;
      while (i < to && Bytes.isDigit(bytes[i]) && i - start < 3) {
        octet = octet * 10 + (bytes[i++] - '0');
      }
      if (i == start || octet > 255 || i - start > 1 && bytes[start] == '0') {
        return -1;
      }
      bits = bits << 8 | octet;
      if (++octets == 4) {
        return i == to ? bits : -1;
      }
      if (i >= to || bytes[i++] != '.') {
        return -1;
      }
    }
  }

  private static IpAddress parseV6(byte[] bytes, int from, int to) {
    int percent = Bytes.indexOf(bytes, from, to, (byte) '%');
    if (percent < 0) {
      return parseV6(bytes, from, to, "");
    }
    if (percent == to - 1) {
      return null;
    }
    String zone = new String(bytes, percent + 1, to - percent - 1, StandardCharsets.UTF_8);
    return parseV6(bytes, from, percent, zone);
  }

  private static IpAddress parseV6(byte[] bytes, int from, int to, String zone) {
    long high = 0;
    long low = 0;
    int groups = 0;
    int gap = -1;
    int i = from;
    if (to - from >= 2 && bytes[from] == ':' && bytes[from + 1] == ':') {
      gap = 0;
      i += 2;
    }
    boolean ended = i == to;
    while (!ended) {
      int start = i;
      int group = 0;
      while (i < to && hex(bytes[i]) >= 0) {
        group = group << 4 | hex(bytes[i++]);
        if (i - start > 4) {
          return null;
        }
      }
      if (i == start || groups == 8) {
        return null;
      }
      if (i < to && bytes[i] == '.') {
        long v4 = groups > 6 || gap < 0 && groups != 6 ? -1 : v4Bits(bytes, start, to);
        if (v4 < 0) {
          return null;
        }
        high = high << 32 | low >>> 32;
        low = low << 32 | v4;
        groups += 2;
        break;
      }
      high = high << 16 | low >>> 48;
      low = low << 16 | group;
      groups++;
      if (i == to) {
        break;
      }
      if (bytes[i++] != ':' || i == to) {
        return null;
      }
      if (bytes[i] == ':') {
        if (gap >= 0) {
          return null;
        }
        gap = groups;
        i++;
        ended = i == to;
      }
    }
    return gap < 0
        ? groups == 8 ? new IpAddress(true, high, low, zone) : null
        : groups == 8 ? null : expand(high, low, groups, gap, zone);
  }

  /** Moves the groups before the gap {@code ::} to the front. */
  private static IpAddress expand(long high, long low, int groups, int gap, String zone) {
    int after = (groups - gap) * 16;
    long tailHigh = after > 64 ? high & mask(after - 64) : 0;
    long tailLow = after >= 64 ? low : low & mask(after);
    long headHigh = shiftRightHigh(high, after);
    long headLow = shiftRightLow(high, low, after);
    int up = 128 - gap * 16;
    return new IpAddress(
        true,
        shiftLeftHigh(headHigh, headLow, up) | tailHigh,
        shiftLeftLow(headLow, up) | tailLow,
        zone);
  }

  private static long mask(int bits) {
    return bits == 0 ? 0 : -1L >>> 64 - bits;
  }

  private static long shiftRightHigh(long high, int count) {
    return count >= 64 ? 0 : high >>> count;
  }

  private static long shiftRightLow(long high, long low, int count) {
    if (count == 0) {
      return low;
    }
    return count >= 128
        ? 0
        : count >= 64 ? high >>> count - 64 : low >>> count | high << 64 - count;
  }

  private static long shiftLeftHigh(long high, long low, int count) {
    if (count == 0) {
      return high;
    }
    return count >= 128 ? 0 : count >= 64 ? low << count - 64 : high << count | low >>> 64 - count;
  }

  private static long shiftLeftLow(long low, int count) {
    return count >= 64 ? 0 : low << count;
  }

  private static int hex(byte b) {
    return b < 0 ? -1 : Character.digit(b, 16);
  }

  /** Returns the address with all bits after the first ones cleared, or set. */
  IpAddress withHostBits(int prefix, boolean set) {
    int bits = v6 ? 128 : 32;
    int host = bits - prefix;
    long lowMask = host >= 64 ? -1L : mask(host);
    long highMask = host > 64 ? mask(host - 64) : 0;
    return set
        ? new IpAddress(v6, high | highMask, low | lowMask, "")
        : new IpAddress(v6, high & ~highMask, low & ~lowMask, "");
  }

  @Override
  public int compareTo(IpAddress other) {
    int byFamily = Boolean.compare(v6, other.v6);
    int byHigh = Long.compareUnsigned(high, other.high);
    int byLow = Long.compareUnsigned(low, other.low);
    return byFamily != 0 ? byFamily : byHigh != 0 ? byHigh : byLow;
  }
}
