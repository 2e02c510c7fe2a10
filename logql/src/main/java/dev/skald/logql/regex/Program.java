package dev.skald.logql.regex;

import dev.skald.logql.regex.Node.Assertion.Kind;

/**
 * A compiled expression: a graph of small instructions over classes of characters.
 *
 * <p>An instruction is a place in parallel arrays. {@code out} is the instruction to follow; {@code
 * arg} is, by operation, the set of characters, the second branch, the slot or the ordinal of the
 * assertion.
 */
final class Program {
  static final byte FAIL = 0;
  static final byte MATCH = 1;
  static final byte CHARACTER = 2;
  static final byte SPLIT = 3;
  static final byte SAVE = 4;
  static final byte ASSERT = 5;

  final byte[] op;
  final int[] out;
  final int[] arg;
  final int start;
  final Alphabet alphabet;

  /** For each set of characters a bit for each class of the alphabet. */
  final long[][] sets;

  /** How many positions a match records: two for each group, the whole match first. */
  final int slots;

  /** Whether a match can begin at the beginning of the text only. */
  final boolean anchoredStart;

  Program(Code code, int start, int slots, Alphabet alphabet, long[][] sets) {
    this.op = code.op();
    this.out = code.out();
    this.arg = code.arg();
    this.start = start;
    this.slots = slots;
    this.alphabet = alphabet;
    this.sets = sets;
    this.anchoredStart = beginsAnchored();
  }

  private boolean beginsAnchored() {
    int pc = start;
    while (op[pc] == SAVE) {
      pc = out[pc];
    }
    return op[pc] == ASSERT && arg[pc] == Kind.BEGIN_TEXT.ordinal();
  }

  /** The instructions alone. */
  record Code(byte[] op, int[] out, int[] arg) {}

  int size() {
    return op.length;
  }

  /** Returns whether a character instruction takes a class of characters. */
  boolean takes(int pc, int characterClass) {
    return (sets[arg[pc]][characterClass >>> 6] >>> characterClass & 1) != 0;
  }
}
