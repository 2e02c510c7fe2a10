package dev.skald.logql.regex;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Searches for a fixed sequence of bytes, as it stands or without regard to the case of ASCII
 * letters.
 *
 * <p>Two bytes of the sequence that are rare in logs are compared at eight places at a time; where
 * both agree, the rest is compared. Positions count bytes. Immutable; safe for use by any thread.
 */
public final class ByteSearch {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final byte CASE_BIT = 0x20;

  /** Bytes that are common in logs, the most common first. */
  private static final String COMMON =
      " etaoinrs\"=:0lcd1umhpg2/.,-_fy3b45w8v679kx\n\t{}[]()TIESARNOCDLMPGUBFHWV";

  /** Lower-case letters if case does not matter. */
  private final byte[] needle;

  private final boolean ignoreCase;
  private final int firstOffset;
  private final int secondOffset;
  private final long firstByte;
  private final long secondByte;

  /** Bits that turn a byte of the text to the case of the needle's. */
  private final long firstMask;

  private final long secondMask;

  private ByteSearch(byte[] needle, boolean ignoreCase) {
    this.needle = needle;
    this.ignoreCase = ignoreCase;
    this.firstOffset = rarest(needle, -1);
    this.secondOffset = needle.length < 2 ? firstOffset : rarest(needle, firstOffset);
    this.firstByte = needle.length == 0 ? 0 : ONES * (needle[firstOffset] & 0xff);
    this.secondByte = needle.length == 0 ? 0 : ONES * (needle[secondOffset] & 0xff);
    this.firstMask = ignoreCase ? mask(needle, firstOffset) : 0;
    this.secondMask = ignoreCase ? mask(needle, secondOffset) : 0;
  }

  /** Returns a search for bytes as they stand. */
  public static ByteSearch of(byte[] needle) {
    return new ByteSearch(needle.clone(), false);
  }

  /** Returns a search in which ASCII letters match in any case and other bytes as they stand. */
  public static ByteSearch ignoringAsciiCase(byte[] needle) {
    byte[] lower = needle.clone();
    for (int i = 0; i < lower.length; i++) {
      lower[i] = lower(lower[i]);
    }
    return new ByteSearch(lower, true);
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b | CASE_BIT) : b;
  }

  private static long mask(byte[] needle, int offset) {
    boolean letter = needle.length > 0 && needle[offset] >= 'a' && needle[offset] <= 'z';
    return letter ? ONES * CASE_BIT : 0;
  }

  private static int rarest(byte[] needle, int except) {
    int best = -1;
    int bestRank = -1;
    for (int i = 0; i < needle.length; i++) {
      int common = COMMON.indexOf(needle[i]);
      int rank = common < 0 ? COMMON.length() : common;
      if (i != except && rank > bestRank) {
        best = i;
        bestRank = rank;
      }
    }
    return Math.max(best, 0);
  }

  /** Returns the length of what is searched for. */
  public int length() {
    return needle.length;
  }

  /** Returns whether it occurs within a range. */
  public boolean isIn(byte[] text, int from, int to) {
    return indexOf(text, from, to) >= 0;
  }

  /** Returns the first position within a range at which it occurs, or -1. */
  public int indexOf(byte[] text, int from, int to) {
    int last = to - needle.length;
    if (needle.length == 0) {
      return from <= to ? from : -1;
    }
    int at = skip(text, from, last);
    for (; at + 7 <= last; at = skip(text, at + 8, last)) {
      for (long hits = hits(text, at); hits != 0; hits &= hits - 1) {
        int candidate = at + (Long.numberOfTrailingZeros(hits) >>> 3);
        if (matchesAt(text, candidate)) {
          return candidate;
        }
      }
    }
    for (; at <= last; at++) {
      if (matchesAt(text, at)) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Moves in steps of eight to where one of the next eight places may be it, or fewer than eight
   * are left. Stands alone, so that the compiler sees a loop without calls.
   */
  private int skip(byte[] text, int from, int last) {
    int at = from;
    for (; at + 15 <= last; at += 16) {
      if ((hits(text, at) | hits(text, at + 8)) != 0) {
        break;
      }
    }
    while (at + 7 <= last && hits(text, at) == 0) {
      at += 8;
    }
    return at;
  }

  /** Returns the eight places from one on as bytes; the high bit says that both bytes agree. */
  private long hits(byte[] text, int at) {
    long first = ((long) LONG.get(text, at + firstOffset) | firstMask) ^ firstByte;
    long second = ((long) LONG.get(text, at + secondOffset) | secondMask) ^ secondByte;
    long differing = first | second;
    return (differing - ONES) & ~differing & HIGHS;
  }

  /** Returns whether a range holds it and nothing else. */
  public boolean equalsRange(byte[] text, int from, int to) {
    return to - from == needle.length && matchesAt(text, from);
  }

  /** Returns whether a range begins with it. */
  public boolean startsRange(byte[] text, int from, int to) {
    return to - from >= needle.length && matchesAt(text, from);
  }

  /** Returns whether a range ends with it. */
  public boolean endsRange(byte[] text, int from, int to) {
    return to - from >= needle.length && matchesAt(text, to - needle.length);
  }

  private boolean matchesAt(byte[] text, int at) {
    if (!ignoreCase) {
      return Arrays.equals(text, at, at + needle.length, needle, 0, needle.length);
    }
    for (int i = 0; i < needle.length; i++) {
      if (lower(text[at + i]) != needle[i]) {
        return false;
      }
    }
    return true;
  }
}
