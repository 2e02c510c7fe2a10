package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.Parser;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** {@code max(max_over_time(…))} is answered without telling the series inside apart. */
final class ExtremeOfExtremesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final List<String> GROUPINGS =
      List.of("", "by (g)", "by (g, s)", "by (v)", "by (m, x)", "without (g)", "without (v, m)");
  private static final List<String> STAGES =
      List.of(
          "| json | unwrap v",
          "| json | unwrap v | __error__=\"\"",
          "| json | v > 3 | unwrap v | __error__=\"\"",
          "| logfmt | unwrap v | __error__=\"\"",
          "| json | drop __error__ | unwrap v | __error__=\"\"");
  private static final List<String> LINES =
      List.of(
          "{\"g\":\"a\",\"v\":%d}",
          "{\"g\":\"\",\"v\":%d}",
          "{\"v\":%d,\"s\":\"z\"}",
          "{\"v\":\"%dx\"}",
          "{\"g\":\"b\",\"v\":%d",
          "g=a v=%d",
          "v=%d g=\"");

  /** Adding nothing keeps the two aggregations apart. */
  @Property(tries = 400)
  void answersAsIfTheSeriesWereKeptApart(@ForAll Random random) {
    MemorySource source = source(random);
    String op = random.nextBoolean() ? "max" : "min";
    String inner =
        op + "_over_time({t=\"1\"} " + any(random, STAGES) + " [" + (1 + random.nextInt(9)) + "s])";
    String outer = op + " " + any(random, GROUPINGS) + " ";
    assertThat(answer(source, outer + "(" + inner + ")"))
        .isEqualTo(answer(source, outer + "(" + inner + " + 0)"));
  }

  private static String any(Random random, List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private static MemorySource source(Random random) {
    MemorySource source = new MemorySource(4);
    int lines = random.nextInt(4) == 0 ? LINES.size() : 3;
    for (int i = 0; i < 20; i++) {
      String line = LINES.get(random.nextInt(lines)).formatted(1 + random.nextInt(9));
      Labels metadata = Labels.of("m", "" + random.nextInt(3));
      source.add(Labels.of("t", "1", "s", "" + random.nextInt(2)), i * SECOND, line, metadata);
    }
    return source;
  }

  private static String answer(MemorySource source, String query) {
    Engine engine = new Engine(source, new CountingContext(), EngineLimits.NONE);
    RangeParameters all =
        new RangeParameters(0, 20 * SECOND, 3 * SECOND, 100, Direction.BACKWARD, 0);
    try {
      return Shown.of(engine.range(Parser.parse(query), all), "");
    } catch (QueryException failure) {
      return failure.getMessage();
    }
  }
}
