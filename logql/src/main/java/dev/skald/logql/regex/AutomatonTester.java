package dev.skald.logql.regex;

/** Tests a text with an automaton, after a plain search for what every match contains. */
final class AutomatonTester implements Tester {
  private final ByteSearch required;
  private final LazyDfa dfa;
  private final Pool<PikeNfa> nfas;

  /**
   * @param prefix what every match begins with, or null
   * @param required what every match contains, or null
   */
  AutomatonTester(Program program, ByteSearch prefix, ByteSearch required) {
    this.required = required;
    this.dfa = new LazyDfa(program, prefix);
    this.nfas = new Pool<>(() -> new PikeNfa(program, false));
  }

  @Override
  public boolean test(byte[] input, int from, int to, Runnable pause) {
    if (required != null && !required.isIn(input, from, to)) {
      return false;
    }
    int answer = dfa.test(input, from, to, from, pause);
    if (answer != LazyDfa.GAVE_UP) {
      return answer == LazyDfa.YES;
    }
    PikeNfa nfa = nfas.take();
    boolean found = nfa.pausing(pause).find(input, from, to, from, null);
    nfas.give(nfa);
    return found;
  }
}
