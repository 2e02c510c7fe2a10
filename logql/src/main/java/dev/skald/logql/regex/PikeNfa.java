package dev.skald.logql.regex;

import java.util.Arrays;

/**
 * Runs a program by following all of its threads at once, in order of preference: time is linear in
 * the text whatever the program. Finds the leftmost-first match and its groups.
 *
 * <p>For use by one thread at a time; keeps its memory for the next search.
 */
final class PikeNfa {
  /** So many instructions are visited between two pauses: some milliseconds. */
  private static final int STEPS_A_PAUSE = 1 << 17;

  private final Program program;

  /** How many positions each thread of the program carries. */
  private final int slots;

  private final Threads[] threads;
  private final int[] best;

  /** Positions of the thread that is being added. */
  private final int[] path;

  /** Instructions to visit, or, as {@code ~slot} with a position below, slots to restore. */
  private int[] stack = new int[32];

  private long steps;
  private long nextPause;
  private Runnable pause = () -> {};

  PikeNfa(Program program, boolean wantGroups) {
    this.program = program;
    this.slots = wantGroups ? program.slots : 0;
    this.threads = new Threads[] {new Threads(program.size()), new Threads(program.size())};
    this.best = new int[slots];
    this.path = new int[slots];
  }

  /** The threads at one position, the preferred ones first. */
  private static final class Threads {
    final int[] dense;
    final int[] sparse;
    int[] positions = new int[32];
    int size;

    Threads(int programSize) {
      dense = new int[programSize];
      sparse = new int[programSize];
    }

    boolean contains(int pc) {
      int at = sparse[pc];
      return at < size && dense[at] == pc;
    }

    int add(int pc) {
      sparse[pc] = size;
      dense[size] = pc;
      return size++;
    }
  }

  /** Returns how many instructions have been visited since this was made. */
  long steps() {
    return steps;
  }

  /** Has the next search pause now and then; what that throws ends it. */
  PikeNfa pausing(Runnable newPause) {
    pause = newPause;
    nextPause = steps + STEPS_A_PAUSE;
    return this;
  }

  /**
   * Searches a text from a position on.
   *
   * @param groups receives the positions of the groups, unless this was made without them
   */
  boolean find(byte[] input, int from, int to, int at, int[] groups) {
    Threads now = threads[0];
    Threads later = threads[1];
    now.size = 0;
    boolean matched = false;
    int i = at;
    while (true) {
      if (steps >= nextPause) {
        nextPause = steps + STEPS_A_PAUSE;
        pause.run();
      }
      if (!matched) {
        Arrays.fill(path, -1);
        if (slots > 0) {
          path[0] = i;
        }
        follow(now, program.start, i, holding(input, from, to, i));
      }
      if (now.size == 0 && (matched || program.anchoredStart)) {
        break;
      }
      boolean end = i == to;
      int decoded = end ? 0 : Utf8.decode(input, i, to);
      int next = i + Utf8.width(decoded);
      int column = end ? -1 : program.alphabet.classOf(Utf8.rune(decoded));
      int holding = end ? 0 : holding(input, from, to, next);
      later.size = 0;
      if (step(now, later, column, next, holding)) {
        matched = true;
        if (slots == 0) {
          return true;
        }
        best[1] = i;
      }
      if (end) {
        break;
      }
      Threads swapped = now;
      now = later;
      later = swapped;
      i = next;
    }
    if (matched) {
      System.arraycopy(best, 0, groups, 0, slots);
    }
    return matched;
  }

  private static int holding(byte[] input, int from, int to, int at) {
    return Place.holding(Place.before(input, from, at), Place.after(input, to, at));
  }

  /**
   * Moves threads over a character; those after one that matches are given up.
   *
   * @param column -1 at the end of the text
   * @return whether a thread matches before the character
   */
  private boolean step(Threads now, Threads later, int column, int next, int holding) {
    for (int t = 0; t < now.size; t++) {
      int pc = now.dense[t];
      byte op = program.op[pc];
      if (op == Program.MATCH) {
        System.arraycopy(now.positions, t * slots, best, 0, slots);
        return true;
      }
      if (op == Program.CHARACTER && column >= 0 && program.takes(pc, column)) {
        System.arraycopy(now.positions, t * slots, path, 0, slots);
        follow(later, program.out[pc], next, holding);
      }
    }
    return false;
  }

  /** Adds all threads that an instruction leads to without taking a character. */
  private void follow(Threads list, int from, int at, int holding) {
    int depth = push(0, from);
    while (depth > 0) {
      int pc = stack[--depth];
      if (pc < 0) {
        path[~pc] = stack[--depth];
        continue;
      }
      if (list.contains(pc)) {
        continue;
      }
      steps++;
      int index = list.add(pc);
      switch (program.op[pc]) {
        case Program.SPLIT -> depth = push(push(depth, program.arg[pc]), program.out[pc]);
        case Program.ASSERT -> {
          if ((holding >>> program.arg[pc] & 1) != 0) {
            depth = push(depth, program.out[pc]);
          }
        }
        case Program.SAVE -> depth = save(depth, pc, at);
        case Program.CHARACTER, Program.MATCH -> keep(list, index);
        default -> {}
      }
    }
  }

  private int save(int depth, int pc, int at) {
    int slot = program.arg[pc];
    int deeper = depth;
    if (slot < slots) {
      deeper = push(push(deeper, path[slot]), ~slot);
      path[slot] = at;
    }
    return push(deeper, program.out[pc]);
  }

  private int push(int depth, int value) {
    if (depth == stack.length) {
      stack = Arrays.copyOf(stack, 2 * depth);
    }
    stack[depth] = value;
    return depth + 1;
  }

  private void keep(Threads list, int index) {
    int at = index * slots;
    if (at + slots > list.positions.length) {
      list.positions = Arrays.copyOf(list.positions, Math.max(at + slots, 2 * at));
    }
    System.arraycopy(path, 0, list.positions, at, slots);
  }
}
