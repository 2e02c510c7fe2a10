package dev.skald.logql.regex;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * A random pattern.
 *
 * @param nullable whether it can match the empty text
 * @param nullableLoop whether something nullable is repeated without limit, which older engines
 *     than Go's present one run in another order
 */
record RandomPattern(String text, boolean nullable, boolean nullableLoop) {
  private static final List<RandomPattern> ATOMS =
      List.of(
          taking("a"),
          taking("b"),
          taking("ab"),
          taking("abc"),
          taking("A"),
          taking("k"),
          taking("é"),
          taking("日"),
          taking("."),
          taking("(?s:.)"),
          taking("[ab]"),
          taking("[^a]"),
          taking("[a-cé]"),
          taking("\\w"),
          taking("\\W"),
          taking("\\d"),
          taking("\\s"),
          taking("\\pL"),
          taking("(?i:ab)"),
          taking("(?i:k)"),
          taking("(?i:[^k])"),
          taking("\\n"),
          empty(""),
          empty("^"),
          empty("$"),
          empty("\\b"),
          empty("\\B"),
          empty("(?m:^)"),
          empty("(?m:$)"));

  private static final List<String> LOOPS = List.of("*", "+", "*?", "+?", "{1,}", "{2,}?");
  private static final List<String> COUNTS = List.of("?", "??", "{2}", "{0,2}", "{1,3}?");

  private static RandomPattern taking(String text) {
    return new RandomPattern(text, false, false);
  }

  private static RandomPattern empty(String text) {
    return new RandomPattern(text, true, false);
  }

  static Arbitrary<RandomPattern> any() {
    return pattern(4);
  }

  private static Arbitrary<RandomPattern> pattern(int depth) {
    Arbitrary<RandomPattern> atom = Arbitraries.of(ATOMS);
    if (depth == 0) {
      return atom;
    }
    Arbitrary<RandomPattern> part = Arbitraries.lazy(() -> pattern(depth - 1));
    return Arbitraries.oneOf(
        atom,
        part.map(p -> new RandomPattern("(" + p.text + ")", p.nullable, p.nullableLoop)),
        part.list().ofMinSize(2).ofMaxSize(4).map(RandomPattern::inSequence),
        part.list().ofMinSize(2).ofMaxSize(4).map(RandomPattern::eitherOf),
        Combinators.combine(part, Arbitraries.of(LOOPS)).as(RandomPattern::looped),
        Combinators.combine(part, Arbitraries.of(COUNTS)).as(RandomPattern::counted));
  }

  private static RandomPattern inSequence(List<RandomPattern> parts) {
    String text = String.join("", parts.stream().map(p -> "(?:" + p.text + ")").toList());
    return new RandomPattern(
        text,
        parts.stream().allMatch(RandomPattern::nullable),
        parts.stream().anyMatch(RandomPattern::nullableLoop));
  }

  private static RandomPattern eitherOf(List<RandomPattern> parts) {
    String text = String.join("|", parts.stream().map(RandomPattern::text).toList());
    return new RandomPattern(
        "(?:" + text + ")",
        parts.stream().anyMatch(RandomPattern::nullable),
        parts.stream().anyMatch(RandomPattern::nullableLoop));
  }

  private static RandomPattern looped(RandomPattern part, String operator) {
    return new RandomPattern(
        "(?:" + part.text + ")" + operator,
        part.nullable || operator.startsWith("*"),
        part.nullableLoop || part.nullable);
  }

  private static RandomPattern counted(RandomPattern part, String operator) {
    boolean optional = operator.startsWith("?") || operator.startsWith("{0");
    return new RandomPattern(
        "(?:" + part.text + ")" + operator, part.nullable || optional, part.nullableLoop);
  }

  static Arbitrary<String> texts() {
    return Arbitraries.of("a", "b", "c", "A", "k", "\u212a", "é", "日", "\n", " ", "1", "_", "abc")
        .list()
        .ofMaxSize(10)
        .map(parts -> String.join("", parts));
  }
}
