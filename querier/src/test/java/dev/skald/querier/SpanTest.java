package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.eval.Direction;
import dev.skald.logql.eval.Engine;
import dev.skald.logql.eval.EngineLimits;
import dev.skald.logql.eval.RangeParameters;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.Parser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpanTest {
  private static final long MINUTE = 60_000_000_000L;

  /** Has nothing, and remembers what it was asked for. */
  private static final class Asked implements EntrySource {
    private final List<Selection> selections = new ArrayList<>();

    @Override
    public List<Block> select(Selection selection) {
      selections.add(selection);
      return List.of();
    }

    @Override
    public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
      throw new AssertionError("no query asks for streams");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{a=\"b\"}",
        "rate({a=\"b\"}[5m])",
        "rate({a=\"b\"}[5m] offset 1h)",
        "rate({a=\"b\"}[5m] offset -1h)",
        "rate({a=\"b\"}[5m]) / sum(rate({a=\"c\"}[1h] offset 10m))",
        "label_replace(topk(1, rate({a=\"b\"}[7d])), \"x\", \"y\", \"z\", \"\")",
        "absent_over_time({a=\"b\"}[3h])",
        "variants(count_over_time({a=\"b\"}[24h]), rate({a=\"b\"}[2h] offset 1d)) of"
            + " ({a=\"b\"}[1m])",
        "variants(count_over_time({a=\"b\"}[5m])) of ({a=\"b\"}[1m] offset 3h)"
      })
  void coversWhateverTheEngineReads(String query) {
    Expr expr = Parser.parse(query);
    RangeParameters range =
        new RangeParameters(1001 * MINUTE + 1, 2003 * MINUTE, 7 * MINUTE, 1, Direction.FORWARD, 0);
    Asked asked = new Asked();
    QueryRun run = new QueryRun(Instant.EPOCH, () -> 0, new QueryMemory(1 << 20), 1 << 20);

    new Engine(asked, run, new EngineLimits(0, false, 0, false, true)).range(expr, range);

    Span span = Span.of(expr, range);
    assertThat(asked.selections).isNotEmpty();
    assertThat(asked.selections)
        .allSatisfy(
            selection -> {
              assertThat(selection.start()).isGreaterThanOrEqualTo(span.start());
              assertThat(selection.end()).isLessThanOrEqualTo(span.end());
            });
  }
}
