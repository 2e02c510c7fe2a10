package dev.skald.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

/** Whatever the text, the parser returns an expression or says what is wrong. */
final class ParserFuzzTest {
  private static final List<String> QUERIES = Cases.readLines("recorded-valid.txt");
  private static final List<String> SNIPPETS =
      List.of(
          "{",
          "}",
          "(",
          ")",
          "[5m]",
          "[",
          "|",
          "|=",
          "!=",
          "or",
          "and",
          ",",
          "\"x\"",
          "5",
          "5m",
          "-",
          "0",
          "0B",
          "1KB",
          "`",
          "'",
          "\\",
          "offset",
          "unwrap",
          "by",
          "without",
          "json",
          "a",
          "sum(",
          "#",
          "/*",
          "--strict",
          "\u0000",
          "\ud800",
          "\ud83d\ude00",
          "\n",
          "ip(",
          "^",
          "bool",
          "on",
          "group_left",
          "=~",
          "1e",
          "variants(",
          "of");

  @Provide
  Arbitrary<String> mutated() {
    return Combinators.combine(Arbitraries.of(QUERIES), Arbitraries.longs())
        .as((query, seed) -> mutate(query, new Random(seed)));
  }

  private static String mutate(String query, Random random) {
    StringBuilder text = new StringBuilder(query);
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int from = random.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + random.nextInt(4));
      String snippet = SNIPPETS.get(random.nextInt(SNIPPETS.size()));
      switch (random.nextInt(3)) {
        case 0 -> text.insert(from, snippet);
        case 1 -> text.delete(from, to);
        default -> text.replace(from, to, " " + snippet + " ");
      }
    }
    return text.toString();
  }

  @Property(tries = 3000)
  void survivesMutatedQueries(@ForAll("mutated") String query) {
    assertRejectedOrReadBack(query);
  }

  @Provide
  Arbitrary<String> soup() {
    return Arbitraries.of(SNIPPETS).list().ofMaxSize(12).map(words -> String.join(" ", words));
  }

  @Property(tries = 2000)
  void survivesWordsInAnyOrder(@ForAll("soup") String query) {
    assertRejectedOrReadBack(query);
  }

  @Property(tries = 1000)
  void survivesAnyText(@ForAll @StringLength(max = 30) String query) {
    assertRejectedOrReadBack(query);
  }

  private static void assertRejectedOrReadBack(String query) {
    Expr expr;
    try {
      expr = Parser.parse(query);
    } catch (ParseException rejected) {
      assertThat(rejected.getMessage()).startsWith("parse error ");
      return;
    }
    String printed = Printer.print(expr);
    if (readsBack(query, printed)) {
      assertThat(Printer.print(Parser.parse(printed))).isEqualTo(printed);
    }
  }

  /** Numbers that are not finite have no literal, and a label named ! grows into an operator. */
  private static boolean readsBack(String query, String printed) {
    Lexer lexer = new Lexer(query);
    for (Token token = lexer.next(); !token.is(TokenKind.END); token = lexer.next()) {
      if (token.is(TokenKind.IDENTIFIER) && token.text().equals("!")) {
        return false;
      }
    }
    return !printed.contains("NaN") && !printed.contains("Inf");
  }
}
