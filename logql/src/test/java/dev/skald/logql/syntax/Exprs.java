package dev.skald.logql.syntax;

import dev.skald.logql.Matcher;
import dev.skald.logql.syntax.MetricExpr.Binary;
import dev.skald.logql.syntax.MetricExpr.BinaryOp;
import dev.skald.logql.syntax.MetricExpr.Grouping;
import dev.skald.logql.syntax.MetricExpr.Literal;
import dev.skald.logql.syntax.MetricExpr.LogRange;
import dev.skald.logql.syntax.MetricExpr.Matching;
import dev.skald.logql.syntax.MetricExpr.RangeAggregation;
import dev.skald.logql.syntax.MetricExpr.RangeOp;
import dev.skald.logql.syntax.MetricExpr.Unwrap;
import dev.skald.logql.syntax.MetricExpr.Variants;
import dev.skald.logql.syntax.MetricExpr.Vector;
import dev.skald.logql.syntax.MetricExpr.VectorAggregation;
import dev.skald.logql.syntax.MetricExpr.VectorOp;
import dev.skald.logql.syntax.StageExpr.LineFilter;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random expressions of every kind that keep the rules of the language. */
final class Exprs {
  private static final long MILLISECOND = 1_000_000L;

  private Exprs() {}

  static Arbitrary<Expr> any() {
    return Arbitraries.oneOf(
        logs().map(Expr.class::cast),
        metrics(3).map(Expr.class::cast),
        variants().map(Expr.class::cast));
  }

  private static Arbitrary<String> labels() {
    return Arbitraries.of("a", "b_1", "_", "sum", "bytes", "ip", "\u00e9t\u00e9", "Rate");
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of("", "x", "a\"b", "c\\d", "`", "\u0000\n\t", "\ud83d\ude00", "{{.a}}"),
        Arbitraries.strings().alpha().ofMaxLength(5));
  }

  private static Arbitrary<Double> numbers() {
    return Arbitraries.doubles().ofScale(6).map(value -> value == 0 ? 0.0 : value);
  }

  private static Arbitrary<Matcher> matchers() {
    Arbitrary<Matcher> plain =
        Combinators.combine(
                labels(), Arbitraries.of(Matcher.Type.EQUAL, Matcher.Type.NOT_EQUAL), texts())
            .as(Matcher::new);
    Arbitrary<Matcher> regex =
        Combinators.combine(
                labels(),
                Arbitraries.of(Matcher.Type.REGEX, Matcher.Type.NOT_REGEX),
                Arbitraries.of("a|b", ".*", "x\\.y", ""))
            .as(Matcher::new);
    return Arbitraries.oneOf(plain, regex);
  }

  private static Arbitrary<List<Matcher>> selectors() {
    Matcher qualified = new Matcher("app", Matcher.Type.EQUAL, "x");
    return matchers()
        .list()
        .ofMaxSize(2)
        .map(rest -> Stream.concat(rest.stream(), Stream.of(qualified)).toList());
  }

  static Arbitrary<LogExpr> logs() {
    Arbitrary<List<StageExpr>> pipelines =
        stages().list().ofMaxSize(4).filter(stages -> !swallowsFilter(stages));
    return Combinators.combine(selectors(), pipelines).as(LogExpr::new);
  }

  /** Behind the bare name of a drop or keep, != and !~ belong to that name. */
  private static boolean swallowsFilter(List<StageExpr> stages) {
    for (int i = 1; i < stages.size(); i++) {
      boolean bare =
          switch (stages.get(i - 1)) {
            case StageExpr.Drop drop -> drop.items().getLast().matcher() == null;
            case StageExpr.Keep keep -> keep.items().getLast().matcher() == null;
            default -> false;
          };
      if (bare && stages.get(i) instanceof LineFilter filter && filter.op().negative()) {
        return true;
      }
    }
    return false;
  }

  private static Arbitrary<StageExpr> stages() {
    return Arbitraries.oneOf(
        lineFilters().map(StageExpr.class::cast),
        predicates(2).map(StageExpr.LabelFilter::new),
        extractions().list().ofMaxSize(2).map(StageExpr.Json::new),
        Combinators.combine(
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                extractions().list().ofMaxSize(2))
            .as(StageExpr.Logfmt::new),
        Arbitraries.of("<a> <_>", "x<b>").map(StageExpr.Pattern::new),
        texts().map(StageExpr.LineFormat::new),
        formatItems().list().ofMinSize(1).ofMaxSize(2).map(StageExpr.LabelFormat::new),
        labelItems().list().ofMinSize(1).ofMaxSize(2).map(StageExpr.Drop::new),
        labelItems().list().ofMinSize(1).ofMaxSize(2).map(StageExpr.Keep::new),
        Arbitraries.of(
            new StageExpr.Unpack(),
            new StageExpr.Decolorize(),
            new StageExpr.Regexp("(?P<name>x+)")));
  }

  private static Arbitrary<LineFilter> lineFilters() {
    Arbitrary<LineFilter.Alternative> alternatives =
        Combinators.combine(texts(), Arbitraries.of(true, false)).as(LineFilter.Alternative::new);
    return Combinators.combine(
            Arbitraries.of(LineFilter.Op.class), alternatives.list().ofMinSize(1).ofMaxSize(3))
        .as(LineFilter::new);
  }

  private static Arbitrary<StageExpr.Extraction> extractions() {
    return Combinators.combine(labels(), texts()).as(StageExpr.Extraction::new);
  }

  private static Arbitrary<StageExpr.LabelFormat.Item> formatItems() {
    return Arbitraries.oneOf(
        Combinators.combine(labels(), labels())
            .as((to, from) -> new StageExpr.LabelFormat.Item(to, from, true)),
        Combinators.combine(labels(), texts())
            .as((to, template) -> new StageExpr.LabelFormat.Item(to, template, false)));
  }

  private static Arbitrary<StageExpr.Item> labelItems() {
    return Arbitraries.oneOf(
        labels().map(label -> new StageExpr.Item(label, null)),
        matchers().map(matcher -> new StageExpr.Item(matcher.name(), matcher)));
  }

  private static Arbitrary<LabelPredicate> predicates(int depth) {
    if (depth == 0) {
      return atoms();
    }
    Arbitrary<LabelPredicate> inner = predicates(depth - 1);
    return Arbitraries.oneOf(
        atoms(),
        Combinators.combine(inner, inner).as(LabelPredicate.And::new),
        Combinators.combine(inner, inner).as(LabelPredicate.Or::new));
  }

  private static Arbitrary<LabelPredicate> atoms() {
    Arbitrary<LabelPredicate.Comparison> comparisons =
        Arbitraries.of(LabelPredicate.Comparison.class);
    return Arbitraries.oneOf(
        matchers().map(LabelPredicate.Text::new),
        Combinators.combine(labels(), comparisons, numbers()).as(LabelPredicate.Number::new),
        Combinators.combine(labels(), comparisons, durations())
            .as(
                (l, c, nanos) ->
                    new LabelPredicate.Duration(l, c, nanos, Durations.printGo(nanos))),
        Combinators.combine(labels(), comparisons, Arbitraries.longs().between(0, 1L << 50))
            .as((l, c, size) -> new LabelPredicate.Bytes(l, c, size, ByteSizes.printExact(size))),
        Combinators.combine(labels(), Arbitraries.of(true, false), texts())
            .as(LabelPredicate.Ip::new));
  }

  private static Arbitrary<Long> durations() {
    return Arbitraries.longs().between(-Long.MAX_VALUE, Long.MAX_VALUE);
  }

  private static Arbitrary<Unwrap> unwraps() {
    return Combinators.combine(
            Arbitraries.of(Unwrap.Conversion.class), labels(), predicates(1).list().ofMaxSize(2))
        .as(Unwrap::new);
  }

  private static Arbitrary<LogRange> ranges(Arbitrary<Unwrap> unwraps) {
    Arbitrary<Long> windows =
        Arbitraries.longs().between(0, Long.MAX_VALUE / MILLISECOND).map(ms -> ms * MILLISECOND);
    return Combinators.combine(logs(), unwraps, windows, durations()).as(LogRange::new);
  }

  private static Arbitrary<Grouping> groupings() {
    return Combinators.combine(Arbitraries.of(true, false), labels().list().ofMaxSize(2))
        .as(Grouping::new);
  }

  private static Arbitrary<MetricExpr> rangeAggregations() {
    Arbitrary<MetricExpr> counts =
        Combinators.combine(
                Arbitraries.of(
                    RangeOp.RATE,
                    RangeOp.COUNT_OVER_TIME,
                    RangeOp.BYTES_RATE,
                    RangeOp.ABSENT_OVER_TIME),
                ranges(Arbitraries.just(null)))
            .as((op, range) -> new RangeAggregation(op, null, range, null));
    Arbitrary<MetricExpr> unwrapped =
        Combinators.combine(
                Arbitraries.of(RangeOp.AVG_OVER_TIME, RangeOp.LAST_OVER_TIME),
                ranges(unwraps()),
                groupings().injectNull(0.5))
            .as((op, range, grouping) -> new RangeAggregation(op, null, range, grouping));
    Arbitrary<MetricExpr> quantiles =
        Combinators.combine(
                numbers().map(Math::abs), ranges(unwraps()), groupings().injectNull(0.5))
            .as((q, range, by) -> new RangeAggregation(RangeOp.QUANTILE_OVER_TIME, q, range, by));
    return Arbitraries.oneOf(counts, unwrapped, quantiles);
  }

  private static Arbitrary<MetricExpr> metrics(int depth) {
    if (depth == 0) {
      return Arbitraries.oneOf(rangeAggregations(), numbers().map(Math::abs).map(Vector::new));
    }
    Arbitrary<MetricExpr> inner = metrics(depth - 1);
    return Arbitraries.oneOf(
        inner, vectorAggregations(inner), binaries(inner), inner.flatMap(Exprs::withLiteral));
  }

  private static Arbitrary<MetricExpr> vectorAggregations(Arbitrary<MetricExpr> inner) {
    Arbitrary<Grouping> grouped =
        groupings().filter(grouping -> !Checks.isEmptyBy(grouping)).injectNull(0.3);
    Arbitrary<MetricExpr> plain =
        Combinators.combine(Arbitraries.of(VectorOp.SUM, VectorOp.STDVAR), inner, grouped)
            .as((op, expr, grouping) -> new VectorAggregation(op, 0, expr, grouping));
    Arbitrary<MetricExpr> ranked =
        Combinators.combine(
                Arbitraries.of(VectorOp.TOPK, VectorOp.BOTTOMK),
                Arbitraries.integers().between(1, 100),
                inner,
                grouped)
            .as(VectorAggregation::new);
    Arbitrary<MetricExpr> approximate =
        Combinators.combine(Arbitraries.integers().between(1, 100), inner)
            .as((k, expr) -> new VectorAggregation(VectorOp.APPROX_TOPK, k, expr, null));
    return Arbitraries.oneOf(
        plain,
        ranked,
        approximate,
        inner.map(expr -> new VectorAggregation(VectorOp.SORT, 0, expr, null)));
  }

  private static Arbitrary<MetricExpr> binaries(Arbitrary<MetricExpr> inner) {
    return Combinators.combine(
            Arbitraries.of(BinaryOp.class),
            Arbitraries.of(true, false),
            matchings().injectNull(0.5),
            inner,
            inner)
        .as(
            (op, bool, matching, left, right) ->
                new Binary(op, bool, matching == null ? Matching.DEFAULT : matching, left, right));
  }

  private static Arbitrary<MetricExpr> withLiteral(MetricExpr vector) {
    Arbitrary<BinaryOp> operators = Arbitraries.of(BinaryOp.class).filter(op -> !op.set());
    Arbitrary<Double> values = Arbitraries.oneOf(numbers(), Arbitraries.of(-0.0, 1e300, 5e-324));
    return Combinators.combine(operators, values, Arbitraries.of(true, false))
        .as(
            (op, value, left) ->
                left
                    ? new Binary(op, false, Matching.DEFAULT, new Literal(value), vector)
                    : new Binary(op, false, Matching.DEFAULT, vector, new Literal(value)));
  }

  private static Arbitrary<Matching> matchings() {
    Arbitrary<List<String>> names = labels().list().ofMaxSize(2);
    return Combinators.combine(
            Arbitraries.of(Matching.Cardinality.class), Arbitraries.of(true, false), names, names)
        .as(
            (cardinality, on, labels, include) ->
                cardinality == Matching.Cardinality.ONE_TO_ONE
                    ? new Matching(cardinality, on, labels, List.of())
                    : new Matching(cardinality, on, labels, include));
  }

  private static Arbitrary<MetricExpr> variants() {
    return Combinators.combine(
            metrics(1).list().ofMinSize(1).ofMaxSize(2), ranges(unwraps().injectNull(0.5)))
        .as(Variants::new);
  }
}
