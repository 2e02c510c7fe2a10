package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.Parser;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class ApproxTopKTest {
  private static final StepGrid GRID = StepGrid.instant(0);

  private static ApproxTopK top(long k, CountingContext context) {
    String query = "approx_topk(" + k + ", vector(1))";
    return new ApproxTopK((VectorAggregation) Parser.parse(query), context);
  }

  private static StepSeries series(int number, double value) {
    return StepSeries.constant(Labels.of("n", Integer.toString(number)), value, GRID);
  }

  private static List<Double> finish(ApproxTopK top) {
    List<Double> values = new ArrayList<>();
    top.finish(series -> values.add(series.value(0)));
    return values;
  }

  @Property(tries = 200)
  void keepsTheLargest(
      @ForAll @Size(max = 60) List<@IntRange(min = -20, max = 20) Integer> values,
      @ForAll @IntRange(min = 1, max = 20) int k) {
    ApproxTopK top = top(k, new CountingContext());

    for (int i = 0; i < values.size(); i++) {
      top.accept(series(i, values.get(i)));
    }

    List<Double> sorted = values.stream().map(Integer::doubleValue).sorted().toList();
    assertThat(finish(top))
        .containsExactlyInAnyOrderElementsOf(
            sorted.subList(Math.max(0, sorted.size() - k), sorted.size()));
  }

  @Example
  void prefersAnyNumberToNan() {
    ApproxTopK top = top(2, new CountingContext());

    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, Double.NaN, -1}) {
      top.accept(series(0, value));
    }

    assertThat(finish(top)).containsExactlyInAnyOrder(Double.NEGATIVE_INFINITY, -1.0);
  }

  @Example
  void givesAllWhereThereAreFewer() {
    ApproxTopK top = top(Integer.MAX_VALUE + 1L, new CountingContext());

    top.accept(series(0, Double.NaN));
    top.accept(series(1, 1));
    top.accept(new StepSeries(Labels.EMPTY, 0, 1));

    assertThat(finish(top)).containsExactlyInAnyOrder(Double.NaN, 1.0);
  }

  @Example
  void holdsNoMoreThanItGives() {
    CountingContext context = new CountingContext();
    ApproxTopK top = top(3, context);

    for (int i = 0; i < 1000; i++) {
      top.accept(series(i, i));
    }

    assertThat(context.reserved()).isEqualTo(3 * StepSeries.memory(1));
    assertThat(finish(top)).containsExactlyInAnyOrder(999.0, 998.0, 997.0);
    ApproxTopK many = top(1000, new CountingContext(500));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1000; i++) {
                many.accept(series(i, i));
              }
            })
        .hasMessage("no room");
  }
}
