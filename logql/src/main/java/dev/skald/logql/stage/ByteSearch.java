package dev.skald.logql.stage;

import java.util.Arrays;

/** Finds a text in ranges of bytes. Immutable. */
final class ByteSearch {
  private final byte[] needle;

  ByteSearch(byte[] needle) {
    this.needle = needle;
  }

  int length() {
    return needle.length;
  }

  boolean matchesAt(byte[] bytes, int from, int to) {
    int end = from + needle.length;
    return end <= to && Arrays.equals(bytes, from, end, needle, 0, needle.length);
  }

  /** Returns where the text stands first within {@code [from, to)}, or -1. */
  int indexOf(byte[] bytes, int from, int to) {
    if (needle.length == 0) {
      return from;
    }
    byte first = needle[0];
    for (int i = from, last = to - needle.length; i <= last; i++) {
      if (bytes[i] == first && matchesAt(bytes, i, to)) {
        return i;
      }
    }
    return -1;
  }
}
