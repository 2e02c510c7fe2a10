package dev.skald.logql.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A line pattern, {@code <ip> - <_> "<method>"}, as both the pattern parser and the pattern line
 * filter write it (logql.md §9.3, §11.6).
 *
 * @param nodes in the order of the text; two literals never stand side by side
 */
public record LinePattern(List<Node> nodes) {
  /** The name of a capture that keeps nothing. */
  public static final String UNNAMED = "_";

  private static final String EMPTY =
      "parse error at line 1, col 1: syntax error: unexpected $end, expecting IDENTIFIER or"
          + " LITERAL";

  /** A part of a pattern. */
  public sealed interface Node {}

  /** Text that a line must hold. */
  public record Literal(String text) implements Node {}

  /** Any text; {@link #UNNAMED} or the label that receives it. */
  public record Capture(String name) implements Node {
    boolean named() {
      return !name.equals(UNNAMED);
    }
  }

  public LinePattern {
    nodes = List.copyOf(nodes);
  }

  /** Splits a pattern; any text is one. */
  public static LinePattern parse(String pattern) {
    List<Node> nodes = new ArrayList<>();
    int literalFrom = 0;
    int at = 0;
    while (at < pattern.length()) {
      int end = captureEnd(pattern, at);
      if (end < 0) {
        at++;
        continue;
      }
      if (literalFrom < at) {
        nodes.add(new Literal(pattern.substring(literalFrom, at)));
      }
      nodes.add(new Capture(pattern.substring(at + 1, end)));
      at = end + 1;
      literalFrom = at;
    }
    if (literalFrom < at) {
      nodes.add(new Literal(pattern.substring(literalFrom)));
    }
    return new LinePattern(nodes);
  }

  /** Returns the index of the {@code >} of the capture that begins here, or -1. */
  private static int captureEnd(String pattern, int from) {
    if (pattern.charAt(from) != '<') {
      return -1;
    }
    int at = from + 1;
    while (at < pattern.length() && isNamePart(pattern.charAt(at), at > from + 1)) {
      at++;
    }
    return at > from + 1 && at < pattern.length() && pattern.charAt(at) == '>' ? at : -1;
  }

  private static boolean isNamePart(char c, boolean digitAllowed) {
    boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    return letter || digitAllowed && c >= '0' && c <= '9';
  }

  /**
   * Checks the rules of a pattern parser.
   *
   * @throws IllegalArgumentException with Loki's text
   */
  public void checkParser() {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(EMPTY);
    }
    if (nodes.stream().noneMatch(node -> node instanceof Capture capture && capture.named())) {
      throw new IllegalArgumentException("at least one capture is required");
    }
    checkConsecutive();
    Set<String> names = new HashSet<>();
    for (Node node : nodes) {
      if (node instanceof Capture capture && capture.named() && !names.add(capture.name())) {
        throw new IllegalArgumentException(
            "duplicate capture name (" + capture.name() + "): invalid expression");
      }
    }
  }

  /**
   * Checks the rules of a pattern line filter.
   *
   * @throws IllegalArgumentException with Loki's text
   */
  public void checkFilter() {
    for (Node node : nodes) {
      if (node instanceof Capture capture && capture.named()) {
        throw new IllegalArgumentException(
            "named captures are not allowed: found '<" + capture.name() + ">'");
      }
    }
    checkConsecutive();
  }

  private void checkConsecutive() {
    for (int i = 1; i < nodes.size(); i++) {
      if (nodes.get(i - 1) instanceof Capture first && nodes.get(i) instanceof Capture second) {
        throw new IllegalArgumentException(
            "found consecutive capture '<"
                + first.name()
                + "><"
                + second.name()
                + ">': invalid expression");
      }
    }
  }
}
