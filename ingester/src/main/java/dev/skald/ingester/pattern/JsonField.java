package dev.skald.ingester.pattern;

import dev.skald.logql.ClosingQuote;
import java.util.Arrays;

/**
 * Finds the first field of a JSON line that has one of some names and is a string, at any depth.
 * Values are not checked further. One is used for line after line.
 */
final class JsonField {
  private int keyStart;
  private int textStart;
  private int textEnd;

  /** Where the quote before the name stands. */
  int keyStart() {
    return keyStart;
  }

  /** Where the text begins, behind its quote. */
  int textStart() {
    return textStart;
  }

  /** Where the quote behind the text stands. */
  int textEnd() {
    return textEnd;
  }

  /** Returns whether there is such a field. */
  boolean find(byte[] bytes, int from, int to, byte[][] names) {
    int at = skipBlanks(bytes, from, to);
    if (names.length == 0 || at == to || bytes[at] != '{') {
      return false;
    }
    for (; at < to; at++) {
      if (bytes[at] != '"') {
        continue;
      }
      int end = ClosingQuote.find(bytes, at + 1, to);
      if (end < 0) {
        return false;
      }
      int colon = skipBlanks(bytes, end + 1, to);
      if (colon < to && bytes[colon] == ':' && isOne(names, bytes, at + 1, end)) {
        int value = skipBlanks(bytes, colon + 1, to);
        if (value < to && bytes[value] == '"') {
          keyStart = at;
          textStart = value + 1;
          textEnd = ClosingQuote.find(bytes, textStart, to);
          return textEnd >= 0;
        }
      }
      at = end;
    }
    return false;
  }

  private static boolean isOne(byte[][] names, byte[] bytes, int from, int to) {
    for (byte[] name : names) {
      if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
        return true;
      }
    }
    return false;
  }

  private static int skipBlanks(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] >= 0 && bytes[at] <= ' ') {
      at++;
    }
    return at;
  }
}
