package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.QueryException.Kind;
import dev.skald.logql.syntax.Parser;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused unless it is switched on. */
final class FeatureCheckTest {
  private static final EngineLimits ALL = new EngineLimits(0, false, 0, true, true);

  private final MemorySource source = new MemorySource(2).add(Labels.of("t", "1"), 1, "x");

  private Engine engine(EngineLimits limits) {
    return new Engine(source, new CountingContext(), limits);
  }

  private QueryResult range(EngineLimits limits, String query) {
    return engine(limits)
        .range(
            Parser.parse(query),
            new RangeParameters(0, 10_000_000_000L, 5_000_000_000L, 100, Direction.BACKWARD, 0));
  }

  private void refuses(ThrowingCallable query, Kind kind, String message) {
    assertThatThrownBy(query)
        .isInstanceOf(QueryException.class)
        .hasMessage(message)
        .extracting("kind")
        .isEqualTo(kind);
    assertThat(source.blocksRead()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "approx_topk(1, rate({t=\"1\"}[1m]))",
        "sum(approx_topk(1, rate({t=\"1\"}[1m])))",
        "rate({t=\"1\"}[1m]) + on() approx_topk(1, rate({t=\"1\"}[1m]))",
        "approx_topk(1, rate({t=\"1\"}[1m])) + on() rate({t=\"1\"}[1m])",
        "label_replace(approx_topk(1, rate({t=\"1\"}[1m])), \"a\", \"b\", \"t\", \"1\")",
        "variants(rate({t=\"1\"}[1m]), approx_topk(1, rate({t=\"1\"}[1m]))) of ({t=\"1\"}[1m])"
      })
  void refusesApproxTopKWhereverItStands(String query) {
    EngineLimits limits = new EngineLimits(0, false, 0, false, true);
    String disabled = "approx_topk is not enabled. See -limits.shard_aggregations";

    refuses(() -> engine(limits).instant(Parser.parse(query), 1), Kind.INTERNAL, disabled);
    refuses(() -> range(limits, query), Kind.INTERNAL, disabled);
    refuses(
        () -> range(ALL, query),
        Kind.BAD_REQUEST,
        "approx_topk is only supported for instant queries");
    assertThat(engine(ALL).instant(Parser.parse(query), 1)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "variants(rate({t=\"1\"}[1m])) of ({t=\"1\"}[1m])",
        "variants(approx_topk(1, rate({t=\"1\"}[1m]))) of ({t=\"1\"}[1m])"
      })
  void refusesVariants(String query) {
    EngineLimits limits = new EngineLimits(0, false, 0, false, false);
    String disabled = "multi variant queries are disabled for this instance";

    refuses(() -> engine(limits).instant(Parser.parse(query), 1), Kind.BAD_REQUEST, disabled);
    refuses(() -> range(limits, query), Kind.BAD_REQUEST, disabled);
  }
}
