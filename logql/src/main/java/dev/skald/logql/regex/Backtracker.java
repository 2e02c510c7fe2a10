package dev.skald.logql.regex;

import java.util.Arrays;

/**
 * Runs a program by trying one way after the other, preferred ones first, and never twice the same
 * instruction at the same position. Faster than {@link PikeNfa} where program and text are small.
 *
 * <p>For use by one thread at a time; keeps its memory for the next search.
 */
final class Backtracker {
  /** The most pairs of instruction and position that are kept account of. */
  private static final int MAX_PAIRS = 1 << 18;

  private final Program program;
  private final int[] slots;
  private long[] visited = new long[64];

  /** Pairs of instruction and position, or of {@code ~slot} and a position to restore. */
  private int[] stack = new int[64];

  Backtracker(Program program) {
    this.program = program;
    this.slots = new int[program.slots];
  }

  /** Returns whether a program and a length of text are small enough for this engine. */
  static boolean suits(Program program, int length) {
    return (long) program.size() * (length + 1L) <= MAX_PAIRS;
  }

  /**
   * Searches a text from a position on.
   *
   * @param prefix what every match begins with, or null
   */
  boolean find(byte[] input, int from, int to, int at, int[] groups, ByteSearch prefix) {
    clear(program.size() * (to - at + 1));
    int i = at;
    while (i <= to) {
      if (prefix != null) {
        i = prefix.indexOf(input, i, to);
        if (i < 0) {
          return false;
        }
      }
      if (tryAt(input, from, to, at, i)) {
        System.arraycopy(slots, 0, groups, 0, slots.length);
        return true;
      }
      if (program.anchoredStart || i == to) {
        return false;
      }
      i += Utf8.width(Utf8.decode(input, i, to));
    }
    return false;
  }

  private void clear(int pairs) {
    int words = (pairs + 63) >>> 6;
    if (words > visited.length) {
      visited = new long[words];
    } else {
      Arrays.fill(visited, 0, words, 0);
    }
  }

  private boolean tryAt(byte[] input, int from, int to, int base, int start) {
    Arrays.fill(slots, -1);
    slots[0] = start;
    int depth = push(0, program.start, start);
    while (depth > 0) {
      depth -= 2;
      int pc = stack[depth];
      int at = stack[depth + 1];
      if (pc < 0) {
        slots[~pc] = at;
        continue;
      }
      while (pc >= 0 && firstVisit(pc, at - base)) {
        switch (program.op[pc]) {
          case Program.MATCH -> {
            slots[1] = at;
            return true;
          }
          case Program.CHARACTER -> {
            int decoded = at == to ? 0 : Utf8.decode(input, at, to);
            boolean taken =
                at < to && program.takes(pc, program.alphabet.classOf(Utf8.rune(decoded)));
            at += Utf8.width(decoded);
            pc = taken ? program.out[pc] : -1;
          }
          case Program.SPLIT -> {
            depth = push(depth, program.arg[pc], at);
            pc = program.out[pc];
          }
          case Program.ASSERT -> {
            int holding = Place.holding(Place.before(input, from, at), Place.after(input, to, at));
            pc = (holding >>> program.arg[pc] & 1) != 0 ? program.out[pc] : -1;
          }
          case Program.SAVE -> {
            int slot = program.arg[pc];
            depth = push(depth, ~slot, slots[slot]);
            slots[slot] = at;
            pc = program.out[pc];
          }
          default -> pc = -1;
        }
      }
    }
    return false;
  }

  private boolean firstVisit(int pc, int offset) {
    int pair = offset * program.size() + pc;
    long bit = 1L << pair;
    if ((visited[pair >>> 6] & bit) != 0) {
      return false;
    }
    visited[pair >>> 6] |= bit;
    return true;
  }

  private int push(int depth, int first, int second) {
    if (depth + 2 > stack.length) {
      stack = Arrays.copyOf(stack, 2 * stack.length);
    }
    stack[depth] = first;
    stack[depth + 1] = second;
    return depth + 2;
  }
}
