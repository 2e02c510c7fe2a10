package dev.skald.logql.stage;

import dev.skald.logql.regex.ByteSearch;
import dev.skald.logql.syntax.LinePattern;
import dev.skald.logql.syntax.LinePattern.Capture;
import dev.skald.logql.syntax.LinePattern.Literal;
import dev.skald.logql.syntax.LinePattern.Node;
import java.util.List;

/**
 * {@code |> "a <_> b"} (logql.md §9.3). The first literal may stand anywhere, captures hold at
 * least one byte, and there is no backtracking: each literal is taken where it stands first.
 */
final class PatternLineTest implements LineTest {
  private final ByteSearch[] literals;
  private final boolean startsWithLiteral;
  private final boolean endsWithLiteral;

  PatternLineTest(String text) {
    LinePattern pattern = LinePattern.parse(text);
    pattern.checkFilter();
    List<Node> nodes = pattern.nodes();
    this.literals =
        nodes.stream()
            .filter(Literal.class::isInstance)
            .map(node -> ByteSearch.of(Bytes.utf8(((Literal) node).text())))
            .toArray(ByteSearch[]::new);
    this.startsWithLiteral = !nodes.isEmpty() && nodes.getFirst() instanceof Literal;
    this.endsWithLiteral = nodes.isEmpty() || !(nodes.getLast() instanceof Capture);
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    if (from == to) {
      return literals.length == 0 && endsWithLiteral;
    }
    int pos = from;
    for (int i = 0; i < literals.length; i++) {
      int found = literals[i].indexOf(bytes, pos, to);
      boolean afterCapture = i > 0 || !startsWithLiteral;
      if (found < 0 || afterCapture && found == pos) {
        return false;
      }
      pos = found + literals[i].length();
    }
    return endsWithLiteral ? pos == to : pos < to;
  }
}
