package dev.skald.logql.regex;

import dev.skald.logql.regex.Node.Assertion.Kind;

/**
 * What assertions ask of a place: its neighbours, each as one of a few kinds of character.
 *
 * <p>The assertions that hold at a place are a set of bits, one for each {@link Kind} by ordinal.
 */
final class Place {
  static final int EDGE = 0;
  static final int NEWLINE = 1;
  static final int WORD = 2;
  static final int OTHER = 3;
  static final int KINDS = 4;

  private Place() {}

  /** Returns the kind of a code point. */
  static int kind(int rune) {
    if (rune == '\n') {
      return NEWLINE;
    }
    return EscapeParser.isAlphanumeric(rune) || rune == '_' ? WORD : OTHER;
  }

  /** Returns the kind of what stands before a position of a text. */
  static int before(byte[] input, int from, int at) {
    return at == from ? EDGE : kind(input[at - 1]);
  }

  /** Returns the kind of what stands behind a position of a text. */
  static int after(byte[] input, int to, int at) {
    return at == to ? EDGE : kind(input[at]);
  }

  /** Returns the assertions that hold between two kinds. */
  static int holding(int before, int after) {
    int bits = 0;
    if (before == EDGE) {
      bits |= bit(Kind.BEGIN_TEXT);
    }
    if (before == EDGE || before == NEWLINE) {
      bits |= bit(Kind.BEGIN_LINE);
    }
    if (after == EDGE) {
      bits |= bit(Kind.END_TEXT);
    }
    if (after == EDGE || after == NEWLINE) {
      bits |= bit(Kind.END_LINE);
    }
    boolean boundary = (before == WORD) != (after == WORD);
    return bits | bit(boundary ? Kind.WORD_BOUNDARY : Kind.NO_WORD_BOUNDARY);
  }

  static int bit(Kind kind) {
    return 1 << kind.ordinal();
  }
}
