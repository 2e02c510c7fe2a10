package dev.skald.logql.regex;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Keeps trees from growing too deep or too large, with the limits of Go's {@code regexp/syntax}.
 *
 * <p>Sizes and heights of nodes are remembered, so that checking a tree while it grows stays
 * linear.
 */
final class ParseLimits {
  private static final int MAX_HEIGHT = 1000;
  private static final long MAX_INSTRUCTIONS = (128 << 20) / 40;
  private static final long MAX_CLASS_BOUNDS = (128 << 20) / 4;

  /** A shorter pattern reaches neither limit. */
  private static final int SHORT_PATTERN = 900;

  private record Extent(int height, long size) {}

  private final String pattern;
  private final Map<Node, Extent> extents = new IdentityHashMap<>();
  private long classBounds;

  ParseLimits(String pattern) {
    this.pattern = pattern;
  }

  void addClass(RuneSet set) {
    classBounds += 2L * set.rangeCount();
    if (classBounds > MAX_CLASS_BOUNDS) {
      throw SyntaxError.TOO_LARGE.in(pattern);
    }
  }

  void check(Node node) {
    if (pattern.length() < SHORT_PATTERN) {
      return;
    }
    Extent extent = extent(node);
    if (extent.size > MAX_INSTRUCTIONS) {
      throw SyntaxError.TOO_LARGE.in(pattern);
    }
    if (extent.height > MAX_HEIGHT) {
      throw SyntaxError.NESTING_DEPTH.in(pattern);
    }
  }

  private Extent extent(Node node) {
    Extent known = extents.get(node);
    if (known != null) {
      return known;
    }
    int height = 1;
    long size = 0;
    for (Node part : node.parts()) {
      Extent extent = extent(part);
      height = Math.max(height, 1 + extent.height);
      size += extent.size;
    }
    Extent extent = new Extent(height, Math.max(1, size(node, size)));
    extents.put(node, extent);
    return extent;
  }

  private static long size(Node node, long parts) {
    return switch (node) {
      case Node.Literal literal -> literal.runes().length;
      case Node.Capture _, Node.Star _ -> parts + 2;
      case Node.Plus _, Node.Quest _ -> parts + 1;
      case Node.Concat _ -> parts;
      case Node.Alternate alternate -> parts + alternate.children().size() - 1;
      case Node.Repeat repeat when repeat.max() >= 0 ->
          repeat.max() * parts + repeat.max() - repeat.min();
      case Node.Repeat repeat -> Math.max(1, repeat.min()) * parts + 2;
      case Node.Empty _, Node.CharClass _, Node.AnyCharNotNewline _, Node.AnyChar _ -> 1;
      case Node.Assertion _ -> 1;
    };
  }
}
