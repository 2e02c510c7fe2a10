package dev.skald.storage.catalog;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names the objects of segments: {@code segments/TENANT/DAY/NUMBER.seg}. */
public final class SegmentKeys {
  /** With which each of them begins. */
  public static final String PREFIX = "segments/";

  private static final Pattern NUMBER = Pattern.compile("/([0-9]{12,18})\\.seg$");
  private static final String PLAIN = "!-_.*'()";

  private SegmentKeys() {}

  /**
   * @param day UTC day, counted from 1970-01-01
   */
  static String of(String tenant, long day, long number) {
    return PREFIX + escape(tenant) + "/" + day + "/" + String.format("%012d", number) + ".seg";
  }

  /** Returns the number in a key, or -1 if it is none of ours. */
  public static long number(String key) {
    Matcher matcher = NUMBER.matcher(key);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /** Escapes what is no letter, digit or other sign that is safe in a path, and a first dot. */
  static String escape(String tenant) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : tenant.getBytes(StandardCharsets.UTF_8)) {
      boolean alphanumeric = b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
      boolean firstDot = b == '.' && escaped.isEmpty();
      if (alphanumeric || b >= 0 && PLAIN.indexOf(b) >= 0 && !firstDot) {
        escaped.append((char) b);
      } else {
        escaped.append(String.format("%%%02X", b & 0xFF));
      }
    }
    return escaped.isEmpty() ? "%" : escaped.toString();
  }
}
