package dev.skald.logql.regex;

/**
 * What {@code (?imsU)} turns on and off.
 *
 * @param foldCase {@code i}: letters match in any case
 * @param multiLine {@code m}: {@code ^} and {@code $} match at lines
 * @param dotNewline {@code s}: a dot matches a newline
 * @param lazy {@code U}: repetitions take as little as they can unless marked with {@code ?}
 */
record Flags(boolean foldCase, boolean multiLine, boolean dotNewline, boolean lazy) {
  /** Returns these flags with the one of a letter changed; null if no flag has that letter. */
  Flags with(int letter, boolean on) {
    return switch (letter) {
      case 'i' -> new Flags(on, multiLine, dotNewline, lazy);
      case 'm' -> new Flags(foldCase, on, dotNewline, lazy);
      case 's' -> new Flags(foldCase, multiLine, on, lazy);
      case 'U' -> new Flags(foldCase, multiLine, dotNewline, on);
      default -> null;
    };
  }
}
