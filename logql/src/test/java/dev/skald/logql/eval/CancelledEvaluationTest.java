package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.Matcher;
import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.EntrySource;
import dev.skald.logql.batch.ForwardingBlock;
import dev.skald.logql.batch.Selection;
import dev.skald.logql.batch.StreamStats;
import dev.skald.logql.syntax.Expr;
import dev.skald.logql.syntax.Parser;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is left to do once everything is read ends soon, too: between two checkpoints there is only
 * so much work, however many series there are.
 */
final class CancelledEvaluationTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int SERIES = 2_000;
  private static final int STEPS = 500;
  private static final String COUNTS = "count_over_time({t=\"x\"}[500s])";

  private final MemorySource entries = new MemorySource(SERIES / 4);
  private CountingContext context = new CountingContext();
  private int checkpointsOfReads;

  private void fill() {
    for (int i = 0; i < SERIES; i++) {
      entries.add(Labels.of("t", "x", "n", "n" + i), SECOND, "line " + i);
    }
  }

  /** Says how many checkpoints there were when the last block had been let go of. */
  private final class Watched implements EntrySource {
    @Override
    public List<Block> select(Selection selection) {
      return entries.select(selection).stream().<Block>map(WatchedBlock::new).toList();
    }

    @Override
    public List<StreamStats> streams(List<Matcher> matchers, long start, long end) {
      throw new UnsupportedOperationException("evaluation asks for no streams");
    }
  }

  private final class WatchedBlock extends ForwardingBlock {
    WatchedBlock(Block block) {
      super(block);
    }

    @Override
    public void release() {
      checkpointsOfReads = context.checkpoints();
    }
  }

  private void run(String query) {
    Expr expr = Parser.parse(query);
    Engine engine = new Engine(new Watched(), context, EngineLimits.NONE);
    engine.range(
        expr, new RangeParameters(SECOND, STEPS * SECOND, SECOND, 1, Direction.FORWARD, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        COUNTS,
        "stddev(" + COUNTS + ")",
        "sum by (n) (" + COUNTS + ")",
        "topk(10, " + COUNTS + ")",
        "sort(" + COUNTS + ")",
        COUNTS + " * 2",
        COUNTS + " + " + COUNTS,
        COUNTS + " and " + COUNTS,
        COUNTS + " or on(n) vector(1)",
        "label_replace(" + COUNTS + ", \"m\", \"$1\", \"n\", \"(.*)\")",
        "quantile_over_time(0.5, {t=\"x\"} | label_format v=`1` | unwrap v [500s]) by (n)",
      })
  void whatFollowsTheReadsHasCheckpoints(String query) {
    fill();
    run(query);
    int work = (context.checkpoints() - checkpointsOfReads) * QueryContext.WORK_A_CHECKPOINT;
    assertThat(work).isGreaterThan(SERIES * STEPS / 2);

    int last = context.checkpoints();
    context = new CountingContext().cancelAfter(last - 1);
    assertThatThrownBy(() -> run(query)).hasMessage("cancelled");
    assertThat(context.checkpoints()).isEqualTo(last);
  }

  @Test
  void aSortOfVeryManyEntriesHasCheckpoints() {
    for (int i = 0; i < 20_000; i++) {
      entries.add(Labels.of("t", "x"), (i * 7919L) % 20_000, "line " + i);
    }
    Expr expr = Parser.parse("{t=\"x\"}");
    RangeParameters everything =
        new RangeParameters(0, STEPS * SECOND, SECOND, 20_000, Direction.FORWARD, 0);
    new Engine(new Watched(), context, EngineLimits.NONE).range(expr, everything);

    assertThat(context.checkpoints()).isGreaterThan(checkpointsOfReads);
  }

  @Test
  void aSeriesOfVeryManySamplesHasCheckpoints() {
    int size = 1 << 18;
    SampleSeries samples = new SampleSeries(context);
    Random random = new Random(1);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = i % 100 == 0 ? Double.NaN : random.nextDouble();
      samples.add(random.nextLong(), values[i]);
    }

    samples.sort();
    assertThat(context.checkpoints()).isGreaterThan(4);

    int before = context.checkpoints();
    double[] sorted = PausingSort.sorted(values, size, context.work());
    Arrays.sort(values);
    assertThat(sorted).isEqualTo(values);
    assertThat(context.checkpoints() - before).isGreaterThan(8);
  }
}
