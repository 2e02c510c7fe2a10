package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.QueryResult.Series;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MatrixJoinTest {
  private static final RangeParameters RANGE =
      new RangeParameters(0, 10_000_000_000L, 1_000_000_000L, 1, Direction.FORWARD, 0);
  private static final Labels A = Labels.of("x", "a");
  private static final Labels B = Labels.of("x", "b");

  private final CountingContext context = new CountingContext();

  @Test
  void makesOneSeriesOfThePartsThatHaveTheSameLabels() {
    MatrixJoin join = new MatrixJoin(RANGE, context, EngineLimits.NONE);
    join.add(matrix(series(B, 1, 2)));
    join.add(matrix(series(A, 3), series(B, 3)));

    List<Series> joined = join.build().series();

    assertThat(joined).extracting(Series::labels).containsExactly(A, B);
    assertThat(joined.get(0).times()).containsExactly(3000);
    assertThat(joined.get(1).times()).containsExactly(1000, 2000, 3000);
    assertThat(joined.get(1).values()).containsExactly(1, 2, 3);
  }

  @Test
  void cutsOffSeriesThatAreTooManyOnlyInTheWholeResult() {
    MatrixJoin join = new MatrixJoin(RANGE, context, new EngineLimits(1, true, 0));
    join.add(matrix(series(A, 1)));
    join.add(matrix(series(B, 2), series(A, 2)));

    Matrix joined = join.build();

    assertThat(joined.series()).extracting(Series::labels).containsExactly(A);
    assertThat(joined.series().getFirst().times()).containsExactly(1000, 2000);
    assertThat(joined.warnings()).singleElement().asString().contains("partial results");
  }

  @Test
  void tellsEachWarningOnce() {
    MatrixJoin join = new MatrixJoin(RANGE, context, EngineLimits.NONE);
    join.add(new Matrix(List.of(), List.of("careful")));
    join.add(new Matrix(List.of(), List.of("careful")));

    assertThat(join.build().warnings()).containsExactly("careful");
  }

  private static Matrix matrix(Series... series) {
    return new Matrix(List.of(series), List.of());
  }

  private static Series series(Labels labels, int... seconds) {
    long[] times = new long[seconds.length];
    double[] values = new double[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      times[i] = seconds[i] * 1000L;
      values[i] = seconds[i];
    }
    return new Series(labels, times, values);
  }
}
