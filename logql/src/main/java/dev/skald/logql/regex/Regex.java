package dev.skald.logql.regex;

import java.util.List;

/**
 * A compiled regular expression. Immutable as seen from outside; safe for use by any thread.
 *
 * <p>Positions and lengths count bytes of UTF-8.
 */
public final class Regex {
  private final String pattern;

  private Regex(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles a pattern that may match anywhere.
   *
   * @throws RegexSyntaxException with Go's text if the pattern is malformed
   */
  public static Regex compile(String pattern) {
    return new Regex(pattern);
  }

  /**
   * Compiles a pattern that must match a whole input.
   *
   * @param dotMatchesNewline whether {@code .} matches a newline, as {@code (?s)} says
   * @throws RegexSyntaxException with Go's text if the pattern is malformed
   */
  public static Regex compileAnchored(String pattern, boolean dotMatchesNewline) {
    return new Regex(pattern);
  }

  /** Returns the pattern as it was given. */
  public String pattern() {
    return pattern;
  }

  /** Returns whether the pattern matches somewhere in a range of bytes. */
  public boolean find(byte[] input, int from, int to) {
    throw new UnsupportedOperationException();
  }

  /**
   * Finds the leftmost-first match at or after a position and the places of its groups.
   *
   * <p>The range {@code [from, to)} is the text: {@code ^} matches at {@code from} only.
   *
   * @param start where the search begins, at or after {@code from}
   * @param groups receives start and end of each group, the whole match first; -1 for a group that
   *     took no part; at least {@code 2 * (groupCount() + 1)} long
   */
  public boolean find(byte[] input, int from, int to, int start, int[] groups) {
    throw new UnsupportedOperationException();
  }

  /** Returns the number of capturing groups, not counting the whole match. */
  public int groupCount() {
    throw new UnsupportedOperationException();
  }

  /** Returns the name of each group, the whole match first; unnamed ones are empty. */
  public List<String> groupNames() {
    throw new UnsupportedOperationException();
  }
}
