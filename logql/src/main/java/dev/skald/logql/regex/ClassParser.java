package dev.skald.logql.regex;

/** Reads character classes: {@code [^a-z\d]}, {@code \pL}, {@code \W}, {@code [:alpha:]}. */
final class ClassParser {
  private final PatternCursor in;
  private final EscapeParser escapes;

  ClassParser(PatternCursor in, EscapeParser escapes) {
    this.in = in;
    this.escapes = escapes;
  }

  /** Takes a class in brackets, of which the first is next. */
  RuneSet bracketed(boolean foldCase) {
    int start = in.position();
    in.skip(1);
    boolean negated = in.accept('^');
    RuneSetBuilder set = new RuneSetBuilder();
    do {
      if (in.atEnd()) {
        throw missingBracket(start);
      }
      RuneSet named = namedInBrackets(foldCase);
      set.add(named != null ? named : range(start, foldCase));
    } while (in.peek() != ']' || in.atEnd());
    in.skip(1);
    return negated ? set.build().negate() : set.build();
  }

  private RegexSyntaxException missingBracket(int start) {
    in.moveTo(start);
    return SyntaxError.MISSING_BRACKET.in(in.rest());
  }

  private RuneSet namedInBrackets(boolean foldCase) {
    RuneSet posix = in.startsWith("[:") ? posix(foldCase) : null;
    return posix != null ? posix : escaped(foldCase);
  }

  /** Takes {@code [:name:]}; returns null if it has no end. */
  private RuneSet posix(boolean foldCase) {
    int start = in.position();
    in.skip(2);
    int end = in.find(":]");
    if (end < 0) {
      in.moveTo(start);
      return null;
    }
    boolean negated = in.accept('^');
    RuneSet set = end < in.position() ? null : NamedClasses.posix(in.until(end));
    in.moveTo(end + 2);
    if (set == null) {
      throw SyntaxError.INVALID_CHAR_RANGE.in(in.since(start));
    }
    return finish(set, foldCase, negated);
  }

  /**
   * Takes a class that begins with a backslash, such as {@code \d}; returns null if none is next.
   */
  RuneSet escaped(boolean foldCase) {
    if (in.peek() != '\\') {
      return null;
    }
    char letter = in.peek(1);
    if (letter == 'p' || letter == 'P') {
      return unicode(foldCase);
    }
    RuneSet set = NamedClasses.perl(letter);
    boolean negated = set == null;
    if (negated) {
      set = letter < 'A' || letter > 'Z' ? null : NamedClasses.perl((char) (letter + 'a' - 'A'));
    }
    if (set == null) {
      return null;
    }
    in.skip(2);
    return finish(set, foldCase, negated);
  }

  /** Takes {@code \pL} or {@code \p{name}}. */
  private RuneSet unicode(boolean foldCase) {
    int start = in.position();
    boolean negated = in.peek(1) == 'P';
    in.skip(2);
    int nameStart = in.position();
    int first = in.next();
    String name;
    if (first == '{') {
      int end = in.find("}");
      if (end < 0) {
        in.moveTo(start);
        throw SyntaxError.INVALID_CHAR_RANGE.in(in.rest());
      }
      name = in.until(end);
      in.moveTo(end + 1);
    } else {
      name = in.since(nameStart);
    }
    if (name.startsWith("^")) {
      negated = !negated;
      name = name.substring(1);
    }
    RuneSet set = UnicodeClasses.named(name);
    if (set == null) {
      throw SyntaxError.INVALID_CHAR_RANGE.in(in.since(start));
    }
    return finish(set, foldCase, negated);
  }

  private static RuneSet finish(RuneSet set, boolean foldCase, boolean negated) {
    RuneSet folded = foldCase ? set.foldCase() : set;
    return negated ? folded.negate() : folded;
  }

  private RuneSet range(int classStart, boolean foldCase) {
    int start = in.position();
    int first = character(classStart);
    int last = first;
    // A hyphen before the closing bracket is itself.
    if (in.peek() == '-' && in.position() + 1 < in.whole().length() && in.peek(1) != ']') {
      in.skip(1);
      last = character(classStart);
      if (last < first) {
        throw SyntaxError.INVALID_CHAR_RANGE.in(in.since(start));
      }
    }
    RuneSet set = RuneSet.ofRanges(first, last);
    return foldCase ? set.foldCase() : set;
  }

  private int character(int classStart) {
    if (in.atEnd()) {
      throw missingBracket(classStart);
    }
    return in.peek() == '\\' ? escapes.parse() : in.next();
  }
}
