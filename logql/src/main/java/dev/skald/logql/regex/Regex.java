package dev.skald.logql.regex;

import dev.skald.logql.regex.Node.Assertion.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A compiled regular expression. Immutable as seen from outside; safe for use by any thread.
 *
 * <p>Positions and lengths count bytes of UTF-8. Bytes that are not UTF-8 match as U+FFFD, one
 * character a byte. Time is linear in the text, and memory bounded by the pattern.
 */
public final class Regex {
  /** A shorter pattern compiles to a program of allowed size. */
  private static final int SHORT_PATTERN = 900;

  private static final Runnable NO_PAUSE = () -> {};

  private final String pattern;
  private final Node tree;
  private final List<String> groupNames;
  private final Tester tester;
  private final ByteSearch prefix;
  private final ByteSearch required;

  /** Made when groups are first asked for. */
  private volatile GroupFinder groupFinder;

  private Regex(String pattern, Node tree) {
    this.pattern = pattern;
    this.tree = tree;
    this.groupNames = groupNames(tree);
    this.tester = Tester.of(tree);
    Literals literals = Literals.of(tree);
    this.prefix = literals.anchoredStart() ? null : literals.prefix();
    this.required = prefix == null ? literals.required() : null;
  }

  /**
   * Compiles a pattern that may match anywhere.
   *
   * @throws RegexSyntaxException with Go's text if the pattern is malformed
   */
  public static Regex compile(String pattern) {
    return compile(pattern, RegexParser.parse(pattern));
  }

  /**
   * Compiles a pattern that must match a whole input.
   *
   * @param dotMatchesNewline whether {@code .} matches a newline, as {@code (?s)} says
   * @throws RegexSyntaxException with Go's text if the pattern is malformed
   */
  public static Regex compileAnchored(String pattern, boolean dotMatchesNewline) {
    Node begin = new Node.Assertion(Kind.BEGIN_TEXT);
    Node end = new Node.Assertion(Kind.END_TEXT);
    Node inner = RegexParser.parse(pattern, dotMatchesNewline);
    return compile(pattern, new Node.Concat(List.of(begin, inner, end)));
  }

  private static Regex compile(String pattern, Node tree) {
    try {
      Regex regex = new Regex(pattern, tree);
      if (pattern.length() > SHORT_PATTERN) {
        regex.groupFinder();
      }
      return regex;
    } catch (Alphabet.TooLargeException e) {
      throw SyntaxError.TOO_LARGE.in(pattern);
    }
  }

  private static List<String> groupNames(Node tree) {
    List<String> names = new ArrayList<>(List.of(""));
    collectNames(tree, names);
    return Collections.unmodifiableList(names);
  }

  /** Captures stand in the tree in the order of their numbers, except within repetitions. */
  private static void collectNames(Node node, List<String> names) {
    if (node instanceof Node.Capture(int index, String name, var child)) {
      while (names.size() <= index) {
        names.add("");
      }
      names.set(index, name);
    }
    node.parts().forEach(part -> collectNames(part, names));
  }

  /** Returns the pattern as it was given. */
  public String pattern() {
    return pattern;
  }

  /** Returns whether the pattern matches somewhere in a range of bytes. */
  public boolean find(byte[] input, int from, int to) {
    return find(input, from, to, NO_PAUSE);
  }

  /**
   * Returns whether the pattern matches somewhere in a range of bytes.
   *
   * @param pause runs every few milliseconds while that is being found out; what it throws ends the
   *     search
   */
  public boolean find(byte[] input, int from, int to, Runnable pause) {
    return tester.test(input, from, to, pause);
  }

  /** Finds groups as the other does, without a pause. */
  public boolean find(byte[] input, int from, int to, int start, int[] groups) {
    return find(input, from, to, start, groups, NO_PAUSE);
  }

  /**
   * Finds the leftmost-first match at or after a position and the places of its groups.
   *
   * <p>The range {@code [from, to)} is the text: {@code ^} matches at {@code from} only.
   *
   * @param start where the search begins, at or after {@code from}
   * @param groups receives start and end of each group, the whole match first; -1 for a group that
   *     took no part; at least {@code 2 * (groupCount() + 1)} long
   * @param pause runs every few milliseconds of the search; what it throws ends it
   */
  public boolean find(byte[] input, int from, int to, int start, int[] groups, Runnable pause) {
    boolean hopeless =
        start == from
            ? !tester.test(input, from, to, pause)
            : required != null && !required.isIn(input, start, to);
    return !hopeless && groupFinder().find(input, from, to, start, groups, pause);
  }

  private GroupFinder groupFinder() {
    GroupFinder finder = groupFinder;
    if (finder == null) {
      finder = new GroupFinder(Compiler.compile(tree), prefix);
      groupFinder = finder;
    }
    return finder;
  }

  /** Returns the number of capturing groups, not counting the whole match. */
  public int groupCount() {
    return groupNames.size() - 1;
  }

  /** Returns the name of each group, the whole match first; unnamed ones are empty. */
  public List<String> groupNames() {
    return groupNames;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
