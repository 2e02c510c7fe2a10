package dev.skald.logql.stage;

/**
 * Walks over the pairs of a logfmt line (logql.md §11.4). Bytes up to {@code 0x20} separate words.
 */
final class LogfmtCursor {
  private static final String UNEXPECTED_EQUALS = "unexpected '='";
  private static final String UNEXPECTED_QUOTE = "unexpected '\"'";

  byte[] bytes;
  int keyStart;
  int keyEnd;

  /** The value as it stands in the line, without quotes. */
  int valueStart;

  int valueEnd;

  /** Whether the value has escapes that {@link LogfmtText} decodes. */
  boolean escaped;

  private final boolean strict;
  private int pos;
  private int start;
  private int end;
  private String error;

  /**
   * @param strict whether the scan ends at the first error; otherwise the word is skipped
   */
  LogfmtCursor(boolean strict) {
    this.strict = strict;
  }

  void enter(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    start = from;
    pos = from;
    end = to;
    error = null;
  }

  /** Returns why a strict scan has stopped, in Loki's words, or null. */
  String error() {
    return error == null ? null : "logfmt syntax error at pos " + (pos - start + 1) + " : " + error;
  }

  /** Moves to the next pair; false at the end of the line and on an error of a strict scan. */
  boolean next() {
    while (error == null) {
      while (pos < end && separates(bytes[pos])) {
        pos++;
      }
      if (pos >= end) {
        return false;
      }
      String problem = pair();
      if (problem == null) {
        return true;
      }
      recover(problem);
    }
    return false;
  }

  private void recover(String problem) {
    if (strict) {
      error = problem;
    } else {
      pos = wordEnd(pos);
    }
  }

  private String pair() {
    keyStart = pos;
    while (pos < end && bytes[pos] != '=' && bytes[pos] != '"' && !separates(bytes[pos])) {
      pos++;
    }
    keyEnd = pos;
    escaped = false;
    valueStart = pos;
    valueEnd = pos;
    boolean equals = pos < end && bytes[pos] == '=';
    if (equals && keyEnd == keyStart) {
      return UNEXPECTED_EQUALS;
    }
    if (pos < end && bytes[pos] == '"') {
      return UNEXPECTED_QUOTE;
    }
    if (Utf8.hasReplacement(bytes, keyStart, keyEnd)) {
      return "invalid key";
    }
    return equals ? value() : null;
  }

  private String value() {
    pos++;
    if (pos < end && bytes[pos] == '"') {
      return quoted();
    }
    valueStart = pos;
    while (pos < end && !separates(bytes[pos])) {
      if (bytes[pos] == '=') {
        return UNEXPECTED_EQUALS;
      }
      if (bytes[pos] == '"') {
        return UNEXPECTED_QUOTE;
      }
      pos++;
    }
    valueEnd = pos;
    return null;
  }

  private String quoted() {
    valueStart = pos + 1;
    for (int i = valueStart; i < end; i++) {
      if (bytes[i] == '"') {
        valueEnd = i;
        pos = i + 1;
        return escaped && !LogfmtText.valid(bytes, valueStart, i) ? "invalid quoted value" : null;
      }
      if (bytes[i] == '\\') {
        escaped = true;
        i++;
      }
    }
    pos = end;
    return "unterminated quoted value";
  }

  private int wordEnd(int from) {
    int i = from;
    while (i < end && !separates(bytes[i])) {
      i++;
    }
    return i;
  }

  private static boolean separates(byte b) {
    return b >= 0 && b <= ' ';
  }
}
