package dev.skald.logql.regex;

import dev.skald.logql.regex.Node.Assertion.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Parses patterns in the syntax of Go's {@code regexp/syntax} with Perl flags.
 *
 * <p>Open groups are kept on a stack of its own, so that no pattern exhausts the stack of the
 * thread.
 */
public final class RegexParser {
  private final PatternCursor in;
  private final EscapeParser escapes;
  private final ClassParser classes;
  private final ParseLimits limits;
  private final Deque<OpenGroup> groups = new ArrayDeque<>();
  private Flags flags;
  private int captures;

  private RegexParser(String pattern, boolean dotNewline) {
    flags = new Flags(false, false, dotNewline, false);
    in = new PatternCursor(pattern);
    escapes = new EscapeParser(in);
    classes = new ClassParser(in, escapes);
    limits = new ParseLimits(pattern);
    groups.push(new OpenGroup(flags, 0, ""));
  }

  /**
   * Parses a pattern.
   *
   * @throws RegexSyntaxException with Go's text if the pattern is malformed or too large
   */
  public static Node parse(String pattern) {
    return parse(pattern, false);
  }

  /** Parses a pattern with {@code (?s)} perhaps in force. */
  static Node parse(String pattern, boolean dotNewline) {
    return new RegexParser(pattern, dotNewline).parse();
  }

  private Node parse() {
    int lastRepetition = -1;
    while (!in.atEnd()) {
      int start = in.position();
      lastRepetition = parseOne(lastRepetition) ? start : -1;
    }
    if (groups.size() > 1) {
      throw SyntaxError.MISSING_PAREN.in(in.whole());
    }
    return close(groups.pop());
  }

  /**
   * Takes the next element.
   *
   * @param lastRepetition where the element before began if it was a repetition, else -1
   * @return whether the element was a repetition
   */
  private boolean parseOne(int lastRepetition) {
    switch (in.peek()) {
      case '(' -> openGroup();
      case ')' -> closeGroup();
      case '|' -> {
        in.skip(1);
        closeAlternative(groups.peek());
      }
      case '^' -> addAssertion(flags.multiLine() ? Kind.BEGIN_LINE : Kind.BEGIN_TEXT, 1);
      case '$' -> addAssertion(flags.multiLine() ? Kind.END_LINE : Kind.END_TEXT, 1);
      case '.' -> {
        in.skip(1);
        add(flags.dotNewline() ? new Node.AnyChar() : new Node.AnyCharNotNewline());
      }
      case '[' -> addClass(classes.bracketed(flags.foldCase()));
      case '*', '+', '?', '{' -> {
        return parseRepetition(lastRepetition);
      }
      case '\\' -> parseEscape();
      default -> addLiteral(in.next());
    }
    return false;
  }

  private boolean parseRepetition(int lastRepetition) {
    int start = in.position();
    RepeatCount count = RepeatCount.parse(in);
    if (count == null) {
      addLiteral(in.next());
      return false;
    }
    if (!count.isValid()) {
      throw SyntaxError.INVALID_REPEAT_COUNT.in(in.since(start));
    }
    boolean lazy = in.accept('?') != flags.lazy();
    if (lastRepetition >= 0) {
      throw SyntaxError.INVALID_REPEAT_OPERATOR.in(in.since(lastRepetition));
    }
    List<Node> items = groups.peek().items;
    if (items.isEmpty()) {
      throw SyntaxError.MISSING_REPEAT_ARGUMENT.in(in.since(start));
    }
    Node node = count.repeat(items.removeLast(), lazy);
    limits.check(node);
    if (count.copies() > 1 && !RepeatCount.multipliesWithin(node, Node.MAX_REPEAT)) {
      throw SyntaxError.INVALID_REPEAT_COUNT.in(in.since(start));
    }
    items.add(node);
    return true;
  }

  private void parseEscape() {
    switch (in.peek(1)) {
      case 'A' -> addAssertion(Kind.BEGIN_TEXT, 2);
      case 'b' -> addAssertion(Kind.WORD_BOUNDARY, 2);
      case 'B' -> addAssertion(Kind.NO_WORD_BOUNDARY, 2);
      case 'z' -> addAssertion(Kind.END_TEXT, 2);
      case 'Q' -> addQuoted();
      default -> {
        RuneSet set = classes.escaped(flags.foldCase());
        if (set != null) {
          addClass(set);
        } else {
          addLiteral(escapes.parse());
        }
      }
    }
  }

  private void addQuoted() {
    in.skip(2);
    while (!in.atEnd()) {
      if (in.startsWith("\\E")) {
        in.skip(2);
        return;
      }
      addLiteral(in.next());
    }
  }

  private void addAssertion(Kind kind, int units) {
    in.skip(units);
    add(new Node.Assertion(kind));
  }

  private void addLiteral(int rune) {
    int smallest = flags.foldCase() ? CaseFolding.smallest(rune) : rune;
    add(new Node.Literal(new int[] {smallest}, flags.foldCase()));
  }

  /** Adds a class, as a literal if it is one character, perhaps in both its cases. */
  private void addClass(RuneSet set) {
    limits.addClass(set);
    if (set.rangeCount() == 1 && set.first(0) == set.last(0)) {
      add(new Node.Literal(new int[] {set.first(0)}, false));
    } else if (isCasePair(set)) {
      add(new Node.Literal(new int[] {set.first(0)}, true));
    } else {
      add(new Node.CharClass(set));
    }
  }

  private static boolean isCasePair(RuneSet set) {
    boolean two =
        set.rangeCount() == 2 && set.first(0) == set.last(0) && set.first(1) == set.last(1)
            || set.rangeCount() == 1 && set.first(0) + 1 == set.last(0);
    return two && set.equals(CaseFolding.ring(set.first(0)));
  }

  private void add(Node node) {
    groups.peek().items.add(node);
  }

  private void openGroup() {
    if (in.peek(1) != '?') {
      in.skip(1);
      groups.push(new OpenGroup(flags, ++captures, ""));
      return;
    }
    GroupPrefix prefix = GroupPrefix.parse(in, flags);
    if (prefix.name() != null) {
      groups.push(new OpenGroup(flags, ++captures, prefix.name()));
    } else if (prefix.opens()) {
      groups.push(new OpenGroup(flags, 0, ""));
    }
    flags = prefix.flags();
  }

  private void closeGroup() {
    if (groups.size() == 1) {
      throw SyntaxError.UNEXPECTED_PAREN.in(in.whole());
    }
    in.skip(1);
    OpenGroup group = groups.pop();
    Node node = close(group);
    flags = group.outerFlags;
    if (group.capture > 0) {
      node = new Node.Capture(group.capture, group.name, node);
      limits.check(node);
    }
    add(node);
  }

  private Node close(OpenGroup group) {
    closeAlternative(group);
    List<Node> alternatives = group.alternatives;
    alternatives.set(alternatives.size() - 1, OneCharacter.tidy(alternatives.getLast()));
    Node node = Alternation.of(alternatives);
    limits.check(node);
    return node;
  }

  private void closeAlternative(OpenGroup group) {
    Node node = Concatenation.of(group.items);
    limits.check(node);
    group.items.clear();
    List<Node> alternatives = group.alternatives;
    if (alternatives.isEmpty()) {
      alternatives.add(node);
      return;
    }
    Node previous = alternatives.removeLast();
    if (OneCharacter.is(previous) && OneCharacter.is(node)) {
      alternatives.add(OneCharacter.join(previous, node));
    } else {
      alternatives.add(OneCharacter.tidy(previous));
      alternatives.add(node);
    }
  }

  /** A group whose closing parenthesis is yet to come; the outermost one is the pattern itself. */
  private static final class OpenGroup {
    final Flags outerFlags;
    final int capture;
    final String name;
    final List<Node> alternatives = new ArrayList<>();
    final List<Node> items = new ArrayList<>();

    OpenGroup(Flags outerFlags, int capture, String name) {
      this.outerFlags = outerFlags;
      this.capture = capture;
      this.name = name;
    }
  }
}
