package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.syntax.MetricExpr.BinaryOp;
import org.junit.jupiter.api.Test;

final class OperatorTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  @Test
  void dividingByZeroIsNeverInfinite() {
    assertThat(Operator.arithmetic(BinaryOp.DIV, 1, 0)).isNaN();
    assertThat(Operator.arithmetic(BinaryOp.DIV, -1, -0.0)).isNaN();
    assertThat(Operator.arithmetic(BinaryOp.MOD, 5, 0)).isNaN();
  }

  @Test
  void remainderHasTheSignOfTheDividend() {
    assertThat(Operator.arithmetic(BinaryOp.MOD, -5, 3)).isEqualTo(-2);
    assertThat(Operator.arithmetic(BinaryOp.MOD, 5, -3)).isEqualTo(2);
  }

  @Test
  void powersAreThoseOfGo() {
    assertThat(Operator.arithmetic(BinaryOp.POW, 1, Double.NaN)).isEqualTo(1);
    assertThat(Operator.arithmetic(BinaryOp.POW, -1, INF)).isEqualTo(1);
    assertThat(Operator.arithmetic(BinaryOp.POW, Double.NaN, 0)).isEqualTo(1);
    assertThat(Operator.arithmetic(BinaryOp.POW, -1, 0.5)).isNaN();
  }

  @Test
  void nanIsOnlyUnequal() {
    for (BinaryOp op : BinaryOp.values()) {
      if (op.comparison()) {
        assertThat(Operator.compare(op, Double.NaN, Double.NaN))
            .isEqualTo(op == BinaryOp.NOT_EQUAL);
      }
    }
  }
}
