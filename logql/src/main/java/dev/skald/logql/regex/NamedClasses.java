package dev.skald.logql.regex;

/** The classes of ASCII that have a name: {@code \d} and {@code [:alpha:]}. */
final class NamedClasses {
  private NamedClasses() {}

  /** Returns the class {@code \d}, {@code \s} or {@code \w} for its letter, or null. */
  static RuneSet perl(char letter) {
    return switch (letter) {
      case 'd' -> RuneSet.ofRanges('0', '9');
      case 's' -> RuneSet.ofRanges('\t', '\n', '\f', '\r', ' ', ' ');
      case 'w' -> posix("word");
      default -> null;
    };
  }

  /** Returns the class {@code [:name:]}, or null. */
  static RuneSet posix(String name) {
    return switch (name) {
      case "alnum" -> RuneSet.ofRanges('0', '9', 'A', 'Z', 'a', 'z');
      case "alpha" -> RuneSet.ofRanges('A', 'Z', 'a', 'z');
      case "ascii" -> RuneSet.ofRanges(0, 0x7f);
      case "blank" -> RuneSet.ofRanges('\t', '\t', ' ', ' ');
      case "cntrl" -> RuneSet.ofRanges(0, 0x1f, 0x7f, 0x7f);
      case "digit" -> RuneSet.ofRanges('0', '9');
      case "graph" -> RuneSet.ofRanges('!', '~');
      case "lower" -> RuneSet.ofRanges('a', 'z');
      case "print" -> RuneSet.ofRanges(' ', '~');
      case "punct" -> RuneSet.ofRanges('!', '/', ':', '@', '[', '`', '{', '~');
      case "space" -> RuneSet.ofRanges('\t', '\r', ' ', ' ');
      case "upper" -> RuneSet.ofRanges('A', 'Z');
      case "word" -> RuneSet.ofRanges('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
      case "xdigit" -> RuneSet.ofRanges('0', '9', 'A', 'F', 'a', 'f');
      default -> null;
    };
  }
}
