package dev.skald.logql.regex;

import dev.skald.logql.regex.Node.AnyChar;
import dev.skald.logql.regex.Node.AnyCharNotNewline;
import dev.skald.logql.regex.Node.CharClass;
import dev.skald.logql.regex.Node.Literal;

/** The nodes that match exactly one character: literals of length one, classes and dots. */
final class OneCharacter {
  private OneCharacter() {}

  /** Returns whether a node matches exactly one character, whatever that is. */
  static boolean is(Node node) {
    return switch (node) {
      case Literal literal -> literal.runes().length == 1;
      case CharClass _, AnyChar _, AnyCharNotNewline _ -> true;
      default -> false;
    };
  }

  /** Joins two nodes that match one character each. */
  static Node join(Node a, Node b) {
    if (a instanceof AnyChar || b instanceof AnyChar) {
      return new AnyChar();
    }
    if (a instanceof AnyCharNotNewline || b instanceof AnyCharNotNewline) {
      boolean newline = characters(a).contains('\n') || characters(b).contains('\n');
      return newline ? new AnyChar() : new AnyCharNotNewline();
    }
    return a.equals(b) ? a : new CharClass(characters(a).union(characters(b)));
  }

  /** Returns what a node matches that is one character. */
  static RuneSet characters(Node node) {
    return switch (node) {
      case Literal(int[] runes, boolean foldCase) ->
          foldCase ? CaseFolding.ring(runes[0]) : RuneSet.of(runes[0]);
      case CharClass(RuneSet set) -> set;
      case AnyCharNotNewline _ -> RuneSet.NOT_NEWLINE;
      case AnyChar _ -> RuneSet.ALL;
      default -> throw new IllegalArgumentException("not a single character: " + node);
    };
  }

  /** Gives a class that equals a dot the shape of a dot. */
  static Node tidy(Node node) {
    if (node instanceof CharClass(RuneSet set)) {
      if (set.equals(RuneSet.ALL)) {
        return new AnyChar();
      }
      if (set.equals(RuneSet.NOT_NEWLINE)) {
        return new AnyCharNotNewline();
      }
    }
    return node;
  }
}
