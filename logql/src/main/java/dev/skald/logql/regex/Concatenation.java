package dev.skald.logql.regex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Joins what stands side by side into one node, in the shape that Go gives it: first adjacent
 * literals become one, then concatenations within are taken apart.
 */
final class Concatenation {
  private Concatenation() {}

  static Node of(List<Node> items) {
    List<Node> joined = joinLiterals(items);
    if (joined.isEmpty()) {
      return new Node.Empty();
    }
    if (joined.size() == 1) {
      return joined.getFirst();
    }
    List<Node> flat = new ArrayList<>();
    for (Node item : joined) {
      if (item instanceof Node.Concat(List<Node> children)) {
        flat.addAll(children);
      } else {
        flat.add(item);
      }
    }
    return new Node.Concat(flat);
  }

  private static List<Node> joinLiterals(List<Node> items) {
    List<Node> joined = new ArrayList<>();
    int at = 0;
    while (at < items.size()) {
      int end = at + 1;
      if (items.get(at) instanceof Node.Literal(int[] runes, boolean foldCase)) {
        int[] all = runes;
        int length = runes.length;
        while (end < items.size()
            && items.get(end) instanceof Node.Literal(int[] more, boolean fold)
            && fold == foldCase) {
          if (length + more.length > all.length) {
            all = Arrays.copyOf(all, 2 * (length + more.length));
          }
          System.arraycopy(more, 0, all, length, more.length);
          length += more.length;
          end++;
        }
        joined.add(new Node.Literal(Arrays.copyOf(all, length), foldCase));
      } else {
        joined.add(items.get(at));
      }
      at = end;
    }
    return joined;
  }
}
