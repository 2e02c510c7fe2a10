package dev.skald.logql.regex;

import dev.skald.logql.regex.Node.Assertion.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles trees to programs.
 *
 * <p>A program is built from its end: each node is compiled with the place where matching goes on
 * behind it, and answers with its own first instruction.
 */
final class Compiler {
  private static final int MAX_SIZE = 1 << 20;

  private final Map<RuneSet, Integer> setNumbers = new HashMap<>();
  private final List<RuneSet> sets = new ArrayList<>();
  private byte[] op = new byte[32];
  private int[] out = new int[32];
  private int[] arg = new int[32];
  private int size;
  private int slots = 2;
  private boolean asserts;

  private Compiler() {}

  /**
   * Compiles a tree.
   *
   * @throws Alphabet.TooLargeException if the program would take too much memory
   */
  static Program compile(Node node) {
    Compiler compiler = new Compiler();
    int match = compiler.emit(Program.MATCH, 0, 0);
    int start = compiler.compile(node, match);
    return compiler.finish(start);
  }

  private Program finish(int start) {
    List<RuneSet> told = new ArrayList<>(sets);
    if (asserts) {
      told.add(RuneSet.of('\n'));
      told.add(NamedClasses.posix("word"));
    }
    Alphabet alphabet = Alphabet.of(told);
    long[][] members = new long[sets.size()][];
    for (int i = 0; i < members.length; i++) {
      members[i] = alphabet.members(sets.get(i));
    }
    Program.Code code =
        new Program.Code(
            Arrays.copyOf(op, size), Arrays.copyOf(out, size), Arrays.copyOf(arg, size));
    return new Program(code, start, slots, alphabet, members);
  }

  private int emit(byte operation, int next, int argument) {
    if (size == MAX_SIZE) {
      throw new Alphabet.TooLargeException();
    }
    if (size == op.length) {
      op = Arrays.copyOf(op, 2 * size);
      out = Arrays.copyOf(out, 2 * size);
      arg = Arrays.copyOf(arg, 2 * size);
    }
    op[size] = operation;
    out[size] = next;
    arg[size] = argument;
    return size++;
  }

  private int compile(Node node, int next) {
    return switch (node) {
      case Node.Empty _ -> next;
      case Node.Literal literal -> literal(literal, next);
      case Node.CharClass(RuneSet set) -> character(set, next);
      case Node.AnyChar _ -> character(RuneSet.ALL, next);
      case Node.AnyCharNotNewline _ -> character(RuneSet.NOT_NEWLINE, next);
      case Node.Assertion(Kind kind) -> assertion(kind, next);
      case Node.Capture capture -> capture(capture, next);
      case Node.Star(Node child, boolean lazy) -> star(child, lazy, next);
      case Node.Plus(Node child, boolean lazy) -> plus(child, lazy, next);
      case Node.Quest(Node child, boolean lazy) -> fork(compile(child, next), next, lazy);
      case Node.Repeat repeat -> repeat(repeat, next);
      case Node.Concat(List<Node> children) -> concat(children, next);
      case Node.Alternate(List<Node> children) -> alternate(children, next);
    };
  }

  private int literal(Node.Literal literal, int next) {
    int[] runes = literal.runes();
    int first = next;
    for (int i = runes.length - 1; i >= 0; i--) {
      first =
          character(literal.foldCase() ? CaseFolding.ring(runes[i]) : RuneSet.of(runes[i]), first);
    }
    return first;
  }

  private int character(RuneSet set, int next) {
    if (set.isEmpty()) {
      return emit(Program.FAIL, 0, 0);
    }
    Integer number = setNumbers.putIfAbsent(set, sets.size());
    if (number == null) {
      number = sets.size();
      sets.add(set);
    }
    return emit(Program.CHARACTER, next, number);
  }

  private int assertion(Kind kind, int next) {
    asserts = true;
    return emit(Program.ASSERT, next, kind.ordinal());
  }

  private int capture(Node.Capture capture, int next) {
    int slot = 2 * capture.index();
    slots = Math.max(slots, slot + 2);
    int end = emit(Program.SAVE, next, slot + 1);
    return emit(Program.SAVE, compile(capture.child(), end), slot);
  }

  private int fork(int taken, int skipped, boolean lazy) {
    return lazy ? emit(Program.SPLIT, skipped, taken) : emit(Program.SPLIT, taken, skipped);
  }

  private int star(Node child, boolean lazy, int next) {
    if (isNullable(child)) {
      // As (x+)?, so that a round that matches nothing does not end a loop that should go on.
      return fork(plus(child, lazy, next), next, lazy);
    }
    int loop = fork(0, next, lazy);
    setTaken(loop, compile(child, loop), lazy);
    return loop;
  }

  private int plus(Node child, boolean lazy, int next) {
    int loop = fork(0, next, lazy);
    int first = compile(child, loop);
    setTaken(loop, first, lazy);
    return first;
  }

  private void setTaken(int fork, int taken, boolean lazy) {
    if (lazy) {
      arg[fork] = taken;
    } else {
      out[fork] = taken;
    }
  }

  private int repeat(Node.Repeat repeat, int next) {
    Node child = repeat.child();
    if (child instanceof Node.Empty) {
      return next;
    }
    int first = next;
    int copies = repeat.min();
    if (repeat.max() < 0) {
      if (copies == 0) {
        return star(child, repeat.lazy(), next);
      }
      first = plus(child, repeat.lazy(), next);
      copies--;
    }
    for (int i = repeat.min(); i < repeat.max(); i++) {
      first = fork(compile(child, first), next, repeat.lazy());
    }
    for (int i = 0; i < copies; i++) {
      first = compile(child, first);
    }
    return first;
  }

  private int concat(List<Node> children, int next) {
    int first = next;
    for (Node child : children.reversed()) {
      first = compile(child, first);
    }
    return first;
  }

  private int alternate(List<Node> children, int next) {
    int first = -1;
    for (Node child : children.reversed()) {
      int leg = compile(child, next);
      first = first < 0 ? leg : emit(Program.SPLIT, leg, first);
    }
    return first;
  }

  private static boolean isNullable(Node node) {
    return switch (node) {
      case Node.Empty _, Node.Star _, Node.Quest _, Node.Assertion _ -> true;
      case Node.Literal _, Node.CharClass _, Node.AnyChar _, Node.AnyCharNotNewline _ -> false;
      case Node.Capture(var index, var name, Node child) -> isNullable(child);
      case Node.Plus(Node child, var lazy) -> isNullable(child);
      case Node.Repeat(Node child, int min, var max, var lazy) -> min == 0 || isNullable(child);
      case Node.Concat(List<Node> children) -> children.stream().allMatch(Compiler::isNullable);
      case Node.Alternate(List<Node> children) -> children.stream().anyMatch(Compiler::isNullable);
    };
  }
}
