package dev.skald.logql.stage;

/**
 * What stands inside {@code ip("…")}: one address, a CIDR block or a range {@code A-B} (logql.md
 * §9.4); and the search for a contained address in text. Immutable.
 */
final class IpPattern {
  private final IpAddress first;
  private final IpAddress last;

  private IpPattern(IpAddress first, IpAddress last) {
    this.first = first;
    this.last = last;
  }

  /**
   * @throws StageException with {@code ip: invalid pattern: "…"}
   */
  static IpPattern parse(String text) {
    IpPattern pattern =
        text.contains("/") ? block(text) : text.contains("-") ? range(text) : one(text);
    if (pattern == null) {
      throw new StageException("ip: invalid pattern: \"" + text + "\"");
    }
    return pattern;
  }

  private static IpPattern one(String text) {
    IpAddress address = IpAddress.parse(text);
    return address == null ? null : new IpPattern(address, address);
  }

  private static IpPattern range(String text) {
    int dash = text.indexOf('-');
    IpAddress from = IpAddress.parse(text.substring(0, dash));
    IpAddress to = IpAddress.parse(text.substring(dash + 1));
    boolean valid = from != null && to != null && from.v6() == to.v6() && from.compareTo(to) <= 0;
    return valid ? new IpPattern(from, to) : null;
  }

  private static IpPattern block(String text) {
    int slash = text.lastIndexOf('/');
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    String digits = text.substring(slash + 1);
    if (address == null || !address.zone().isEmpty() || !digits.matches("0|[1-9][0-9]{0,2}")) {
      return null;
    }
    int prefix = Integer.parseInt(digits);
    if (prefix > (address.v6() ? 128 : 32)) {
      return null;
    }
    return new IpPattern(address.withHostBits(prefix, false), address.withHostBits(prefix, true));
  }

  private boolean contains(IpAddress address) {
    boolean sameZone = first != last || address.zone().equals(first.zone());
    return sameZone && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
  }

  /** Returns whether a range of bytes holds an address that the pattern contains. */
  boolean find(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to) {
      int end = i;
      if (looksLikeV4(bytes, i, to)) {
        end = v4RunEnd(bytes, i, to);
      } else if (looksLikeV6(bytes, i, to)) {
        end = v6RunEnd(bytes, i, to);
      }
      if (end > i) {
        IpAddress address = IpAddress.parse(bytes, i, end);
        if (address != null && contains(address)) {
          return true;
        }
      }
      i = end + 1;
    }
    return false;
  }

  private static boolean looksLikeV4(byte[] bytes, int i, int to) {
    return i + 3 < to
        && Bytes.isDigit(bytes[i])
        && (bytes[i + 1] == '.' || bytes[i + 2] == '.' || bytes[i + 3] == '.');
  }

  private static boolean looksLikeV6(byte[] bytes, int i, int to) {
    if (i + 4 >= to) {
      return false;
    }
    if (bytes[i] == ':') {
      return bytes[i + 1] == ':' && isHex(bytes[i + 2]);
    }
    for (int j = i; j < i + 4 && isHex(bytes[j]); j++) {
      if (bytes[j + 1] == ':') {
        return true;
      }
    }
    return false;
  }

  private static int v4RunEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && (Bytes.isDigit(bytes[i]) || bytes[i] == '.')) {
      i++;
    }
    return i;
  }

  private static int v6RunEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && (isHex(bytes[i]) || bytes[i] == ':' || bytes[i] == '.')) {
      i++;
    }
    return i;
  }

  private static boolean isHex(byte b) {
    return Bytes.isDigit(b) || (b | 0x20) >= 'a' && (b | 0x20) <= 'f';
  }
}
