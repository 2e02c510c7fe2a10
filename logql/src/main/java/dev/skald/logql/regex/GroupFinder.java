package dev.skald.logql.regex;

/** Finds the place of a match and of its groups. Safe for use by any thread. */
final class GroupFinder {
  private final Program program;
  private final ByteSearch prefix;
  private final Pool<Backtracker> backtrackers;
  private final Pool<PikeNfa> nfas;

  /**
   * @param prefix what every match begins with, or null
   */
  GroupFinder(Program program, ByteSearch prefix) {
    this.program = program;
    this.prefix = prefix;
    this.backtrackers = new Pool<>(() -> new Backtracker(program));
    this.nfas = new Pool<>(() -> new PikeNfa(program, true));
  }

  boolean find(byte[] input, int from, int to, int start, int[] groups, Runnable pause) {
    if (Backtracker.suits(program, to - start)) {
      Backtracker backtracker = backtrackers.take();
      boolean found = backtracker.find(input, from, to, start, groups, prefix);
      backtrackers.give(backtracker);
      return found;
    }
    int first = prefix == null ? start : prefix.indexOf(input, start, to);
    if (first < 0) {
      return false;
    }
    PikeNfa nfa = nfas.take();
    boolean found = nfa.pausing(pause).find(input, from, to, first, groups);
    nfas.give(nfa);
    return found;
  }
}
