package dev.skald.logql.regex;

import java.util.Arrays;

/**
 * The instructions that can be reached from some others without taking a character, as an unordered
 * set. For use by one thread at a time.
 */
final class Closure {
  private final Program program;
  private final int[] seen;
  private int[] members = new int[16];
  private int[] stack = new int[16];
  private int size;
  private int depth;
  private int round;
  private boolean matches;
  private boolean asserts;

  Closure(Program program) {
    this.program = program;
    this.seen = new int[program.size()];
  }

  void clear() {
    round++;
    size = 0;
    matches = false;
    asserts = false;
  }

  /**
   * Adds what can be reached from an instruction.
   *
   * @param holding the assertions that hold
   * @param decided the assertions of which it is known; others become members
   */
  void follow(int from, int holding, int decided) {
    push(from);
    while (depth > 0) {
      int pc = stack[--depth];
      switch (program.op[pc]) {
        case Program.MATCH -> matches = true;
        case Program.CHARACTER -> add(pc);
        case Program.SAVE -> push(program.out[pc]);
        case Program.SPLIT -> {
          push(program.arg[pc]);
          push(program.out[pc]);
        }
        case Program.ASSERT -> {
          int bit = 1 << program.arg[pc];
          if ((decided & bit) == 0) {
            add(pc);
            asserts = true;
          } else if ((holding & bit) != 0) {
            push(program.out[pc]);
          }
        }
        default -> {}
      }
    }
  }

  private void push(int pc) {
    if (seen[pc] == round) {
      return;
    }
    seen[pc] = round;
    if (depth == stack.length) {
      stack = Arrays.copyOf(stack, 2 * depth);
    }
    stack[depth++] = pc;
  }

  private void add(int pc) {
    if (size == members.length) {
      members = Arrays.copyOf(members, 2 * size);
    }
    members[size++] = pc;
  }

  boolean matches() {
    return matches;
  }

  boolean asserts() {
    return asserts;
  }

  int size() {
    return size;
  }

  int get(int index) {
    return members[index];
  }

  /** Returns the members in rising order. */
  int[] members() {
    int[] sorted = Arrays.copyOf(members, size);
    Arrays.sort(sorted);
    return sorted;
  }
}
