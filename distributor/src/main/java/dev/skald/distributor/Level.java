package dev.skald.distributor;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A log level as {@code detected_level} knows it (logql.md §24.3). */
enum Level {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  CRITICAL,
  FATAL,
  UNKNOWN;

  private final byte[] text = name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);

  byte[] text() {
    return text;
  }

  /** Returns the level that a word names, in any case, or null. */
  static Level of(byte[] bytes, int offset, int length) {
    if (length < 3 || length > 11) {
      return null;
    }
    return switch (bytes[offset] | 0x20) {
      case 't' ->
          is(bytes, offset, length, "trace") || is(bytes, offset, length, "trc") ? TRACE : null;
      case 'd' ->
          is(bytes, offset, length, "debug") || is(bytes, offset, length, "dbg") ? DEBUG : null;
      case 'i' ->
          is(bytes, offset, length, "info")
                  || is(bytes, offset, length, "inf")
                  || is(bytes, offset, length, "information")
              ? INFO
              : null;
      case 'w' ->
          is(bytes, offset, length, "warn")
                  || is(bytes, offset, length, "wrn")
                  || is(bytes, offset, length, "warning")
              ? WARN
              : null;
      case 'e' ->
          is(bytes, offset, length, "error") || is(bytes, offset, length, "err") ? ERROR : null;
      case 'c' -> is(bytes, offset, length, "critical") ? CRITICAL : null;
      case 'f' -> is(bytes, offset, length, "fatal") ? FATAL : null;
      default -> null;
    };
  }

  /** Returns the level of an OpenTelemetry severity number. */
  static Level ofSeverityNumber(String text) {
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      return INFO;
    }
    if (number == 0 || number > 24) {
      return UNKNOWN;
    }
    if (number <= 4) {
      return TRACE;
    }
    if (number <= 8) {
      return DEBUG;
    }
    if (number <= 12) {
      return INFO;
    }
    if (number <= 16) {
      return WARN;
    }
    return number <= 20 ? ERROR : FATAL;
  }

  private static boolean is(byte[] bytes, int offset, int length, String word) {
    if (length != word.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      byte b = bytes[offset + i];
      int lower = b >= 'A' && b <= 'Z' ? b | 0x20 : b;
      if (lower != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
