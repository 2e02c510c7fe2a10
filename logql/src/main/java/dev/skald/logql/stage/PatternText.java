package dev.skald.logql.stage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The text of a pattern, {@code <ip> - "<method> <_>"}, taken apart (logql.md §11.6).
 *
 * @param nodes literals and captures in turn; no two literals are neighbours
 */
record PatternText(List<Node> nodes) {

  /** A piece of a pattern. */
  sealed interface Node {}

  /** Bytes that stand in the line as they are. */
  record Literal(byte[] bytes) implements Node {}

  /** A place for any text; the name is {@code _} where it is thrown away. */
  record Capture(String name) implements Node {
    boolean named() {
      return !name.equals("_");
    }

    @Override
    public String toString() {
      return "<" + name + ">";
    }
  }

  PatternText {
    nodes = List.copyOf(nodes);
  }

  /** Takes a text apart; every text is a pattern of some kind. */
  static PatternText parse(String text) {
    List<Node> nodes = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      int end = captureEnd(text, i);
      if (end < 0) {
        literal.append(text.charAt(i++));
        continue;
      }
      addLiteral(nodes, literal);
      nodes.add(new Capture(text.substring(i + 1, end - 1)));
      i = end;
    }
    addLiteral(nodes, literal);
    return new PatternText(nodes);
  }

  private static void addLiteral(List<Node> nodes, StringBuilder literal) {
    if (!literal.isEmpty()) {
      nodes.add(new Literal(Bytes.utf8(literal.toString())));
      literal.setLength(0);
    }
  }

  /** Returns the position behind the capture that begins at {@code start}, or -1. */
  private static int captureEnd(String text, int start) {
    if (text.charAt(start) != '<') {
      return -1;
    }
    int i = start + 1;
    while (i < text.length() && isNamePart(text.charAt(i), i == start + 1)) {
      i++;
    }
    return i > start + 1 && i < text.length() && text.charAt(i) == '>' ? i + 1 : -1;
  }

  private static boolean isNamePart(char c, boolean first) {
    return c < 0x80 && (c == '_' || (first ? Character.isLetter(c) : Character.isLetterOrDigit(c)));
  }

  /**
   * Checks that the pattern can serve {@code | pattern}.
   *
   * @throws StageException if not
   */
  void checkParser() {
    if (nodes.isEmpty()) {
      throw new StageException(
          "parse error at line 1, col 1: syntax error: unexpected $end, expecting IDENTIFIER or"
              + " LITERAL");
    }
    if (nodes.stream().noneMatch(node -> node instanceof Capture capture && capture.named())) {
      throw new StageException("at least one capture is required");
    }
    checkNoAdjacentCaptures();
    Set<String> names = new HashSet<>();
    for (Node node : nodes) {
      if (node instanceof Capture capture && capture.named() && !names.add(capture.name())) {
        throw new StageException(
            "duplicate capture name (" + capture.name() + "): invalid expression");
      }
    }
  }

  /**
   * Checks that the pattern can serve as a line filter (§9.3).
   *
   * @throws StageException if not
   */
  void checkFilter() {
    for (Node node : nodes) {
      if (node instanceof Capture capture && capture.named()) {
        throw new StageException("named captures are not allowed: found '" + capture + "'");
      }
    }
    checkNoAdjacentCaptures();
  }

  private void checkNoAdjacentCaptures() {
    for (int i = 1; i < nodes.size(); i++) {
      if (nodes.get(i - 1) instanceof Capture left && nodes.get(i) instanceof Capture right) {
        throw new StageException(
            "found consecutive capture '" + left + right + "': invalid expression");
      }
    }
  }
}
