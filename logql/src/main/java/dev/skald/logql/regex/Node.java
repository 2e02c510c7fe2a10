package dev.skald.logql.regex;

import java.util.Arrays;
import java.util.List;

/**
 * The tree of a regular expression, in the shape that Go's {@code regexp/syntax} gives it: adjacent
 * characters are one literal, common prefixes of alternatives are factored out, and alternatives of
 * one character each are a class.
 */
public sealed interface Node {
  /** The most copies of a node that its repetitions, nested ones multiplied, may ask for. */
  int MAX_REPEAT = 1000;

  /** Matches the empty text. */
  record Empty() implements Node {}

  /** Matches one or more code points as they stand, or without regard to case. */
  record Literal(int[] runes, boolean foldCase) implements Node {
    /** Returns the code points as text. */
    public String text() {
      return new String(runes, 0, runes.length);
    }

    @Override
    public boolean equals(Object object) {
      return object instanceof Literal other
          && foldCase == other.foldCase
          && Arrays.equals(runes, other.runes);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(runes) + Boolean.hashCode(foldCase);
    }

    @Override
    public String toString() {
      return (foldCase ? "FoldedLiteral[" : "Literal[") + text() + "]";
    }
  }

  /** Matches one code point of a set; none if the set is empty. */
  record CharClass(RuneSet set) implements Node {}

  /** Matches one code point that is no newline. */
  record AnyCharNotNewline() implements Node {}

  /** Matches one code point. */
  record AnyChar() implements Node {}

  /** Matches the empty text where a condition on its neighbours holds. */
  record Assertion(Kind kind) implements Node {
    /** What may be asserted of a place; a word is one of ASCII letters, digits and underscores. */
    public enum Kind {
      BEGIN_LINE,
      END_LINE,
      BEGIN_TEXT,
      END_TEXT,
      WORD_BOUNDARY,
      NO_WORD_BOUNDARY
    }
  }

  /**
   * Remembers what its child matches.
   *
   * @param index counts from 1
   * @param name empty for a group without a name
   */
  record Capture(int index, String name, Node child) implements Node {}

  /** Matches any number of its child, {@code x*}. */
  record Star(Node child, boolean lazy) implements Node {}

  /** Matches one or more of its child, {@code x+}. */
  record Plus(Node child, boolean lazy) implements Node {}

  /** Matches at most one of its child, {@code x?}. */
  record Quest(Node child, boolean lazy) implements Node {}

  /**
   * Matches a number of its child, {@code x{min,max}}.
   *
   * @param max -1 for no limit
   */
  record Repeat(Node child, int min, int max, boolean lazy) implements Node {}

  /** Matches its children one after the other. */
  record Concat(List<Node> children) implements Node {
    public Concat {
      children = List.copyOf(children);
    }
  }

  /** Matches any of its children; the first that leads to a match is taken. */
  record Alternate(List<Node> children) implements Node {
    public Alternate {
      children = List.copyOf(children);
    }
  }

  /** Returns what a node is made of. */
  default List<Node> parts() {
    return switch (this) {
      case Capture(var index, var name, Node child) -> List.of(child);
      case Star(Node child, var lazy) -> List.of(child);
      case Plus(Node child, var lazy) -> List.of(child);
      case Quest(Node child, var lazy) -> List.of(child);
      case Repeat(Node child, var min, var max, var lazy) -> List.of(child);
      case Concat(List<Node> children) -> children;
      case Alternate(List<Node> children) -> children;
      case Empty _, Literal _, CharClass _, AnyCharNotNewline _, AnyChar _, Assertion _ ->
          List.of();
    };
  }
}
