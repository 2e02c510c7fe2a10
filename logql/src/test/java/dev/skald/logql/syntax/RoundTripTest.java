package dev.skald.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class RoundTripTest {
  @Provide
  Arbitrary<Expr> exprs() {
    return Exprs.any();
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void readsBackTheCanonicalForm(@ForAll("exprs") Expr expr) {
    assertThat(Parser.parse(Printer.print(expr))).isEqualTo(expr);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void readsBackThePrettyForm(@ForAll("exprs") Expr expr) {
    assertThat(Parser.parse(PrettyPrinter.print(expr))).isEqualTo(expr);
  }

  @Test
  void readsBackLabelReplace() {
    String query = "label_replace(vector(1.000000),\"a\",\"$1\\n\",\"b\",\"(.*)\\\\d\")";

    assertThat(Printer.print(Parser.parse(query))).isEqualTo(query);
  }
}
