package dev.skald.logql.stage;

import dev.skald.logql.batch.Column;
import dev.skald.logql.regex.ByteSearch;
import dev.skald.logql.regex.Regex;
import dev.skald.logql.syntax.StageExpr.LineFilter;
import dev.skald.logql.syntax.StageExpr.LineFilter.Alternative;
import dev.skald.logql.syntax.StageExpr.LineFilter.Op;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** {@code |= "text"} and its relatives, all that stand together (logql.md §9). */
final class LineFilterStage implements Stage, LineTest {
  private final LineTest[] tests;
  private final Runnable pause;

  /**
   * @param pause runs now and then while lines are tested; what it throws ends that
   */
  LineFilterStage(List<LineFilter> filters, Runnable pause) {
    this.tests = filters.stream().map(filter -> compile(filter, pause)).toArray(LineTest[]::new);
    this.pause = pause;
  }

  @Override
  public boolean process(Row row) {
    return test(row.line.bytes, row.line.offset, row.line.end());
  }

  @Override
  public boolean test(byte[] bytes, int from, int to) {
    for (LineTest test : tests) {
      if (!test.test(bytes, from, to)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void narrow(Column.Plain lines, BitSet rows) {
    for (LineTest test : tests) {
      test.narrow(lines, rows);
      pause.run();
    }
  }

  private static LineTest compile(LineFilter filter, Runnable pause) {
    Op op = filter.op();
    List<Alternative> alternatives = alternatives(filter);
    if (alternatives.size() == 1 && isPlainText(op, alternatives.getFirst())) {
      ByteSearch search = ByteSearch.of(Bytes.utf8(alternatives.getFirst().text()));
      return new ContainsTest(search, op.negative());
    }
    List<LineTest> tests = new ArrayList<>();
    for (Alternative alternative : alternatives) {
      tests.add(compile(op, alternative, pause));
    }
    LineTest any = tests.size() == 1 ? tests.getFirst() : new AnyLineTest(tests, pause);
    return op.negative() ? (bytes, from, to) -> !any.test(bytes, from, to) : any;
  }

  private static boolean isPlainText(Op op, Alternative alternative) {
    return (op == Op.CONTAINS || op == Op.NOT_CONTAINS) && !alternative.ip();
  }

  /**
   * In a positive chain of several, those that are always true do not count, and {@code ip} is
   * plain text (§9.2).
   */
  private static List<Alternative> alternatives(LineFilter filter) {
    List<Alternative> all = filter.alternatives();
    if (filter.op().negative() || all.size() == 1) {
      return all;
    }
    List<Alternative> plain =
        all.stream().map(alternative -> new Alternative(alternative.text(), false)).toList();
    List<Alternative> deciding =
        plain.stream().filter(alternative -> !trivial(filter.op(), alternative)).toList();
    return deciding.isEmpty() ? plain.subList(0, 1) : deciding;
  }

  private static boolean trivial(Op op, Alternative alternative) {
    return switch (op) {
      case CONTAINS -> alternative.text().isEmpty();
      case REGEX -> alternative.text().isEmpty() || alternative.text().equals(".*");
      default -> false;
    };
  }

  private static LineTest compile(Op op, Alternative alternative, Runnable pause) {
    String text = alternative.text();
    if (alternative.ip()) {
      return compileIp(op, text);
    }
    return switch (op) {
      case CONTAINS, NOT_CONTAINS -> new ContainsTest(ByteSearch.of(Bytes.utf8(text)), false);
      case REGEX, NOT_REGEX -> {
        Regex regex = Regex.compile(text);
        yield (bytes, from, to) -> regex.find(bytes, from, to, pause);
      }
      case PATTERN, NOT_PATTERN -> new PatternLineTest(text);
    };
  }

  private static LineTest compileIp(Op op, String text) {
    if (op != Op.CONTAINS && op != Op.NOT_CONTAINS) {
      throw new StageException("ip: invalid operation");
    }
    return IpPattern.parse(text)::find;
  }
}
