package dev.skald.logql.regex;

/**
 * What follows {@code (?}: a name, as in {@code (?P<name>}, or flags, as in {@code (?i-s:} or
 * {@code (?i)}.
 *
 * @param name null if the group captures nothing
 * @param flags those in force behind it
 * @param opens false for flags that concern the rest of the group around them
 */
record GroupPrefix(String name, Flags flags, boolean opens) {
  /** Takes a prefix, whose parenthesis is next. */
  static GroupPrefix parse(PatternCursor in, Flags flags) {
    if (in.startsWith("(?P<") && in.peek(4) != 0) {
      return named(in, flags, 4);
    }
    if (in.startsWith("(?<") && in.peek(3) != 0) {
      return named(in, flags, 3);
    }
    return flagged(in, flags);
  }

  private static GroupPrefix named(PatternCursor in, Flags flags, int nameStart) {
    int end = in.find(">");
    if (end < 0) {
      throw SyntaxError.INVALID_NAMED_CAPTURE.in(in.rest());
    }
    String capture = in.until(end + 1);
    String name = capture.substring(nameStart, capture.length() - 1);
    if (!isName(name)) {
      throw SyntaxError.INVALID_NAMED_CAPTURE.in(capture);
    }
    in.moveTo(end + 1);
    return new GroupPrefix(name, flags, true);
  }

  private static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> c == '_' || EscapeParser.isAlphanumeric(c));
  }

  private static GroupPrefix flagged(PatternCursor in, Flags before) {
    int start = in.position();
    in.skip(2);
    Flags flags = before;
    boolean on = true;
    boolean changed = false;
    while (!in.atEnd()) {
      int letter = in.next();
      if (letter == ':' || letter == ')') {
        if (!on && !changed) {
          break;
        }
        return new GroupPrefix(null, flags, letter == ':');
      }
      if (letter == '-' && on) {
        on = false;
        changed = false;
        continue;
      }
      Flags next = flags.with(letter, on);
      if (next == null) {
        break;
      }
      flags = next;
      changed = true;
    }
    throw SyntaxError.INVALID_PERL_OPERATOR.in(in.since(start));
  }
}
