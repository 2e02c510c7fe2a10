package dev.skald.logql.regex;

/** Says whether an expression matches somewhere in a text. Safe for use by any thread. */
interface Tester {
  /**
   * @param pause runs now and then while a long text or one that needs much work is tested; what it
   *     throws ends the test
   */
  boolean test(byte[] input, int from, int to, Runnable pause);

  /** Returns the fastest tester for a tree. */
  static Tester of(Node node) {
    Node form = TestForm.of(node);
    Literals literals = Literals.of(form);
    ByteSearch exact = literals.exact();
    if (exact != null) {
      return literals.anchoredStart()
          ? literals.anchoredEnd()
              ? (input, from, to, pause) -> exact.equalsRange(input, from, to)
              : (input, from, to, pause) -> exact.startsRange(input, from, to)
          : literals.anchoredEnd()
              ? (input, from, to, pause) -> exact.endsRange(input, from, to)
              : (input, from, to, pause) -> exact.isIn(input, from, to);
    }
    // An anchored automaton that begins with a literal stops at the first byte that differs.
    boolean diesEarly = literals.anchoredStart() && literals.prefix() != null;
    boolean prefixed = literals.prefix() != null && !literals.anchoredStart();
    return new AutomatonTester(
        Compiler.compile(form),
        prefixed ? literals.prefix() : null,
        prefixed || diesEarly ? null : literals.required());
  }
}
