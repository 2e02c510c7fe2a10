package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.BinaryOp;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.Matching.Cardinality;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operators between vectors (logql.md §18.3), beyond the worked examples. */
final class VectorMatchingTest {
  private static final Labels A = Labels.of("app", "a");
  private static final Labels B = Labels.of("app", "b");
  private static final Labels AX = Labels.of("app", "a", "env", "x");
  private static final Labels AY = Labels.of("app", "a", "env", "y");

  private static Map<String, String> apply(
      BinaryOp op, Matching matching, List<StepSeries> left, List<StepSeries> right) {
    return apply(op, false, matching, left, right);
  }

  private static Map<String, String> apply(
      BinaryOp op, boolean bool, Matching matching, List<StepSeries> left, List<StepSeries> right) {
    Binary binary = new Binary(op, bool, matching, new Literal(0), new Literal(0));
    TestSeries.Shown shown = new TestSeries.Shown();
    StepGrid grid = new StepGrid(0, 1, 3);
    if (op.set()) {
      new SetOperation(binary, grid, new CountingContext()).evaluate(left, right, shown);
    } else {
      new VectorMatching(binary, grid, new CountingContext()).evaluate(left, right, shown);
    }
    return shown.points();
  }

  private static Matching on(Cardinality cardinality, String... labels) {
    return new Matching(cardinality, true, List.of(labels), List.of());
  }

  @Test
  void matchesOnlyWhereBothHaveAPoint() {
    assertThat(
            apply(
                BinaryOp.SUB,
                Matching.DEFAULT,
                List.of(TestSeries.of(A, 5.0, null, 7.0)),
                List.of(TestSeries.of(A, 1.0, 2.0, 3.0), TestSeries.of(B, 1.0, 1.0, 1.0))))
        .isEqualTo(Map.of("{app=\"a\"}", "0:4.0 2:4.0"));
  }

  @Test
  void seriesThatTakeTurnsAreNoDuplicates() {
    assertThat(
            apply(
                BinaryOp.ADD,
                on(Cardinality.ONE_TO_ONE, "app"),
                List.of(TestSeries.of(AX, 1.0, null, 3.0), TestSeries.of(AY, null, 2.0, null)),
                List.of(TestSeries.of(AX, 10.0, null, null), TestSeries.of(AY, null, 10.0, 10.0))))
        .isEqualTo(Map.of("{app=\"a\"}", "0:11.0 1:12.0 2:13.0"));
  }

  @Test
  void manyToOneMustBeSaid() {
    List<StepSeries> many =
        List.of(TestSeries.of(AX, 1.0, null, null), TestSeries.of(AY, 1.0, null, null));
    List<StepSeries> one = List.of(TestSeries.of(A, 1.0, null, null));

    assertThatThrownBy(() -> apply(BinaryOp.ADD, on(Cardinality.ONE_TO_ONE, "app"), many, one))
        .isInstanceOf(QueryException.class)
        .hasMessage(
            "multiple matches for labels: many-to-one matching must be explicit"
                + " (group_left/group_right)")
        .extracting("kind")
        .isEqualTo(QueryException.Kind.INTERNAL);
  }

  @Test
  void theOneSideMustBeUnique() {
    List<StepSeries> many =
        List.of(TestSeries.of(AX, 1.0, null, null), TestSeries.of(AY, 1.0, null, null));
    List<StepSeries> one = List.of(TestSeries.of(A, 1.0, null, null));

    assertThatThrownBy(() -> apply(BinaryOp.ADD, on(Cardinality.MANY_TO_ONE, "app"), one, many))
        .hasMessageStartingWith("found duplicate series on the right hand-side;many-to-many");
    assertThatThrownBy(() -> apply(BinaryOp.ADD, on(Cardinality.ONE_TO_MANY, "app"), many, one))
        .hasMessageStartingWith("found duplicate series on the left hand-side;many-to-many");
  }

  @Test
  void duplicatesDoNoHarmWhereTheOtherSideIsEmpty() {
    List<StepSeries> twice =
        List.of(TestSeries.of(AX, 1.0, null, null), TestSeries.of(AY, 1.0, null, null));
    List<StepSeries> elsewhere = List.of(TestSeries.of(A, null, 1.0, 1.0));

    assertThat(apply(BinaryOp.ADD, on(Cardinality.ONE_TO_ONE, "app"), elsewhere, twice)).isEmpty();
  }

  @Test
  void groupedResultsMustDiffer() {
    Matching matching = new Matching(Cardinality.MANY_TO_ONE, true, List.of("app"), List.of("env"));
    List<StepSeries> many =
        List.of(TestSeries.of(AX, 1.0, null, null), TestSeries.of(AY, 1.0, null, null));
    List<StepSeries> one =
        List.of(TestSeries.of(Labels.of("app", "a", "env", "z"), 1.0, null, null));

    assertThatThrownBy(() -> apply(BinaryOp.ADD, matching, many, one))
        .hasMessage("multiple matches for labels: grouping labels must ensure unique matches");
  }

  @Test
  void aGroupedLabelThatTheOneSideLacksIsDeleted() {
    Matching matching = new Matching(Cardinality.MANY_TO_ONE, true, List.of("app"), List.of("env"));

    assertThat(
            apply(
                BinaryOp.ADD,
                matching,
                List.of(TestSeries.of(AX, 1.0, null, null)),
                List.of(TestSeries.of(A, 1.0, null, null))))
        .isEqualTo(Map.of("{app=\"a\"}", "0:2.0"));
  }

  @Test
  void emptyLabelsCountAsAbsentAndVanish() {
    Labels empty = Labels.of("app", "a", "env", "");

    assertThat(
            apply(
                BinaryOp.ADD,
                Matching.DEFAULT,
                List.of(TestSeries.of(empty, 1.0, null, null)),
                List.of(TestSeries.of(A, 1.0, null, null))))
        .isEqualTo(Map.of("{app=\"a\"}", "0:2.0"));
  }

  @Test
  void comparisonKeepsTheLeftValueAlsoWithGroupRight() {
    assertThat(
            apply(
                BinaryOp.GREATER,
                on(Cardinality.ONE_TO_MANY, "app"),
                List.of(TestSeries.of(A, 5.0, 5.0, 5.0)),
                List.of(TestSeries.of(AX, 1.0, 6.0, 2.0))))
        .isEqualTo(Map.of("{app=\"a\", env=\"x\"}", "0:5.0 2:5.0"));
  }

  @Test
  void boolGivesOneOrZero() {
    assertThat(
            apply(
                BinaryOp.GREATER,
                true,
                Matching.DEFAULT,
                List.of(TestSeries.of(A, 5.0, 5.0, null)),
                List.of(TestSeries.of(A, 1.0, 6.0, 2.0))))
        .isEqualTo(Map.of("{app=\"a\"}", "0:1.0 1:0.0"));
  }

  @Test
  void setOperatorsDecideAtEachStep() {
    List<StepSeries> left = List.of(TestSeries.of(AX, 1.0, 1.0, null));
    List<StepSeries> right = List.of(TestSeries.of(AX, null, 2.0, 2.0));

    assertThat(apply(BinaryOp.AND, Matching.DEFAULT, left, right).values())
        .containsExactly("1:1.0");
    assertThat(apply(BinaryOp.UNLESS, Matching.DEFAULT, left, right).values())
        .containsExactly("0:1.0");
    assertThat(apply(BinaryOp.OR, Matching.DEFAULT, left, right).values())
        .containsExactly("0:1.0 1:1.0 | 2:2.0");
  }
}
