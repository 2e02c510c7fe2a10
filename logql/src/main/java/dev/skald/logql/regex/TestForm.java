package dev.skald.logql.regex;

import dev.skald.logql.regex.Node.Assertion.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Rewrites a tree into a simpler one that matches in the same texts, though not at the same places.
 *
 * <p>At both ends, what may be empty is dropped and what may be repeated is wanted once; {@code
 * (?s)^.*x} is {@code x}.
 */
final class TestForm {
  private final Deque<Node> parts = new ArrayDeque<>();

  private TestForm(Node node) {
    flatten(node);
  }

  static Node of(Node node) {
    TestForm form = new TestForm(node);
    form.shortenStart();
    form.shortenEnd();
    return form.parts.size() == 1
        ? form.parts.getFirst()
        : form.parts.isEmpty() ? new Node.Empty() : new Node.Concat(List.copyOf(form.parts));
  }

  private void flatten(Node node) {
    switch (node) {
      case Node.Capture(var index, var name, Node child) -> flatten(child);
      case Node.Concat(List<Node> children) -> children.forEach(this::flatten);
      case Node.Empty _ -> {}
      default -> parts.addLast(node);
    }
  }

  private void shortenStart() {
    while (!parts.isEmpty()) {
      Node first = parts.removeFirst();
      Node shorter;
      if (first.equals(new Node.Assertion(Kind.BEGIN_TEXT)) && !parts.isEmpty()) {
        shorter = withoutEdge(parts.getFirst());
        if (shorter != null) {
          parts.removeFirst();
        }
      } else {
        shorter = once(first);
      }
      if (shorter == null) {
        parts.addFirst(first);
        return;
      }
      if (!(shorter instanceof Node.Empty)) {
        parts.addFirst(shorter);
      }
    }
  }

  private void shortenEnd() {
    while (!parts.isEmpty()) {
      Node last = parts.removeLast();
      Node shorter;
      if (last.equals(new Node.Assertion(Kind.END_TEXT)) && !parts.isEmpty()) {
        shorter = withoutEdge(parts.getLast());
        if (shorter != null) {
          parts.removeLast();
        }
      } else {
        shorter = once(last);
      }
      if (shorter == null) {
        parts.addLast(last);
        return;
      }
      if (!(shorter instanceof Node.Empty)) {
        parts.addLast(shorter);
      }
    }
  }

  /**
   * Returns what remains of a node that may take all there is up to an edge; null if it may not.
   */
  private static Node withoutEdge(Node node) {
    return switch (node) {
      case Node.Star(Node.AnyChar _, var lazy) -> new Node.Empty();
      case Node.Plus(Node.AnyChar any, var lazy) -> any;
      default -> null;
    };
  }

  /** Returns a node with as few repetitions as it allows; null if that changes nothing. */
  private static Node once(Node node) {
    return switch (node) {
      case Node.Star _, Node.Quest _ -> new Node.Empty();
      case Node.Plus(Node child, var lazy) -> child;
      case Node.Repeat(var child, int min, var max, var lazy) when min == 0 -> new Node.Empty();
      default -> null;
    };
  }
}
