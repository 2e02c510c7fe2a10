package dev.skald.logql.regex;

/** Says whether an expression matches somewhere in a text. Safe for use by any thread. */
interface Tester {
  boolean test(byte[] input, int from, int to);

  /** Returns the fastest tester for a tree. */
  static Tester of(Node node) {
    Node form = TestForm.of(node);
    Literals literals = Literals.of(form);
    ByteSearch exact = literals.exact();
    if (exact != null) {
      return literals.anchoredStart()
          ? literals.anchoredEnd() ? exact::equalsRange : exact::startsRange
          : literals.anchoredEnd() ? exact::endsRange : exact::isIn;
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
