package dev.skald.logql.stage;

/** The value that a parser has found, ready to be stored: unescaped, without U+FFFD. */
final class ExtractedValue {
  byte[] bytes;
  int offset;
  int length;

  void set(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    offset = from;
    length = to - from;
  }

  private void setFrom(Arena arena) {
    bytes = arena.bytes();
    offset = arena.start();
    length = arena.length();
  }

  private void setEmpty() {
    set(Bytes.EMPTY, 0, 0);
  }

  /** Takes the text of a JSON string; a malformed one is empty, U+FFFD becomes a blank. */
  void setJsonString(byte[] source, int from, int to, boolean escaped, Arena arena) {
    if (!escaped) {
      set(source, from, to);
    } else if (JsonText.unescape(source, from, to, arena)) {
      setFrom(arena);
    } else {
      setEmpty();
    }
    blankReplacements(arena);
  }

  /** Takes the value of a logfmt pair; U+FFFD becomes a blank. */
  void setLogfmt(LogfmtCursor pair, Arena arena) {
    setRaw(pair, arena);
    blankReplacements(arena);
  }

  /** Takes the value of a logfmt pair; one that holds U+FFFD is empty. */
  void setLogfmtOrEmpty(LogfmtCursor pair, Arena arena) {
    setRaw(pair, arena);
    if (Utf8.hasReplacement(bytes, offset, offset + length)) {
      setEmpty();
    }
  }

  private void setRaw(LogfmtCursor pair, Arena arena) {
    if (pair.escaped) {
      LogfmtText.unescape(pair.bytes, pair.valueStart, pair.valueEnd, arena);
      setFrom(arena);
    } else {
      set(pair.bytes, pair.valueStart, pair.valueEnd);
    }
  }

  /** Puts a blank in place of each U+FFFD. */
  void blankReplacements(Arena arena) {
    if (Utf8.hasReplacement(bytes, offset, offset + length)) {
      byte[] source = bytes;
      Utf8.blankReplacements(source, offset, offset + length, arena);
      setFrom(arena);
    }
  }

  /** Sets a label of the entry to this value. */
  void store(LabelStore labels, LabelSlot slot) {
    labels.set(slot, bytes, offset, length);
  }
}
