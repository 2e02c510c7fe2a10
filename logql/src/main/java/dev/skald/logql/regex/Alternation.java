package dev.skald.logql.regex;

import dev.skald.logql.regex.Node.Alternate;
import dev.skald.logql.regex.Node.Concat;
import dev.skald.logql.regex.Node.Empty;
import dev.skald.logql.regex.Node.Literal;
import dev.skald.logql.regex.Node.Repeat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins alternatives into one node, in the shape that Go gives them: {@code ABC|ABD|AEF} becomes
 * {@code A(?:B[CD]|EF)}. The order in which alternatives are tried stays the same.
 */
final class Alternation {
  private static final Empty EMPTY = new Empty();

  private Alternation() {}

  static Node of(List<Node> alternatives) {
    if (alternatives.size() == 1) {
      return alternatives.getFirst();
    }
    List<Node> flat = new ArrayList<>();
    for (Node alternative : alternatives) {
      if (alternative instanceof Alternate(List<Node> children)) {
        flat.addAll(children);
      } else {
        flat.add(alternative);
      }
    }
    List<Node> factored = joinEmpty(joinCharacters(factorFirstNodes(factorLiterals(flat))));
    return factored.size() == 1 ? factored.getFirst() : new Alternate(factored);
  }

  /** Factors out the literals with which neighbours begin. */
  private static List<Node> factorLiterals(List<Node> nodes) {
    List<Node> out = new ArrayList<>();
    int start = 0;
    while (start < nodes.size()) {
      Literal first = leadingLiteral(nodes.get(start));
      int common = first == null ? 0 : first.runes().length;
      int end = start + 1;
      while (common > 0 && end < nodes.size()) {
        int shared = commonPrefix(first, common, leadingLiteral(nodes.get(end)));
        if (shared == 0) {
          break;
        }
        common = shared;
        end++;
      }
      if (end == start + 1) {
        out.add(nodes.get(start));
      } else {
        Literal prefix = new Literal(Arrays.copyOf(first.runes(), common), first.foldCase());
        List<Node> suffixes = new ArrayList<>();
        for (Node node : nodes.subList(start, end)) {
          suffixes.add(withoutLiteral(node, common));
        }
        out.add(new Concat(List.of(prefix, of(suffixes))));
      }
      start = end;
    }
    return out;
  }

  private static Literal leadingLiteral(Node node) {
    Node first = node instanceof Concat(List<Node> children) ? children.getFirst() : node;
    return first instanceof Literal literal ? literal : null;
  }

  private static int commonPrefix(Literal first, int limit, Literal other) {
    if (other == null || other.foldCase() != first.foldCase()) {
      return 0;
    }
    int end = Math.min(limit, other.runes().length);
    int mismatch = Arrays.mismatch(first.runes(), 0, end, other.runes(), 0, end);
    return mismatch < 0 ? end : mismatch;
  }

  private static Node withoutLiteral(Node node, int length) {
    if (node instanceof Concat(List<Node> children)) {
      Node first = withoutLiteral(children.getFirst(), length);
      List<Node> rest = children.subList(1, children.size());
      if (first instanceof Empty) {
        return rest.size() == 1 ? rest.getFirst() : new Concat(rest);
      }
      List<Node> shortened = new ArrayList<>(children);
      shortened.set(0, first);
      return new Concat(shortened);
    }
    Literal literal = (Literal) node;
    int[] runes = literal.runes();
    return runes.length == length
        ? EMPTY
        : new Literal(Arrays.copyOfRange(runes, length, runes.length), literal.foldCase());
  }

  /** Factors out the character, or fixed number of characters, with which neighbours begin. */
  private static List<Node> factorFirstNodes(List<Node> nodes) {
    List<Node> out = new ArrayList<>();
    int start = 0;
    while (start < nodes.size()) {
      Node first = leadingNode(nodes.get(start));
      int end = start + 1;
      if (isFactorable(first)) {
        while (end < nodes.size() && first.equals(leadingNode(nodes.get(end)))) {
          end++;
        }
      }
      if (end == start + 1) {
        out.add(nodes.get(start));
      } else {
        List<Node> suffixes = new ArrayList<>();
        for (Node node : nodes.subList(start, end)) {
          suffixes.add(withoutFirst(node));
        }
        out.add(new Concat(List.of(first, of(suffixes))));
      }
      start = end;
    }
    return out;
  }

  private static Node leadingNode(Node node) {
    Node first = node instanceof Concat(List<Node> children) ? children.getFirst() : node;
    return first instanceof Empty ? null : first;
  }

  private static boolean isFactorable(Node node) {
    return node != null
        && (OneCharacter.is(node)
            || node instanceof Repeat(Node child, int min, int max, var lazy)
                && min == max
                && OneCharacter.is(child));
  }

  private static Node withoutFirst(Node node) {
    if (!(node instanceof Concat(List<Node> children))) {
      return EMPTY;
    }
    return children.size() == 2
        ? children.get(1)
        : new Concat(children.subList(1, children.size()));
  }

  private static List<Node> joinCharacters(List<Node> nodes) {
    List<Node> out = new ArrayList<>();
    boolean joined = false;
    Node previous = null;
    for (Node node : nodes) {
      if (previous != null && OneCharacter.is(previous) && OneCharacter.is(node)) {
        previous = OneCharacter.join(previous, node);
        joined = true;
        continue;
      }
      if (previous != null) {
        out.add(joined ? OneCharacter.tidy(previous) : previous);
      }
      previous = node;
      joined = false;
    }
    out.add(joined ? OneCharacter.tidy(previous) : previous);
    return out;
  }

  private static List<Node> joinEmpty(List<Node> nodes) {
    List<Node> out = new ArrayList<>();
    for (Node node : nodes) {
      if (!(node instanceof Empty) || out.isEmpty() || !(out.getLast() instanceof Empty)) {
        out.add(node);
      }
    }
    return out;
  }
}
