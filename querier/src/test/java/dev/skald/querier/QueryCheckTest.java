package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.config.QueryLimits;
import dev.skald.logql.syntax.Parser;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class QueryCheckTest {
  private static final QueryLimits LIMITS = QueryLimits.defaults();

  @Test
  void refusesALogQueryThatAsksForTooManyEntries() {
    QueryCheck.entries(LIMITS, Parser.parse("{a=\"b\"}"), 5000);
    QueryCheck.entries(LIMITS, Parser.parse("rate({a=\"b\"}[5m])"), 5001);

    assertThatThrownBy(() -> QueryCheck.entries(LIMITS, Parser.parse("{a=\"b\"}"), 5001))
        .hasMessage(
            "max entries limit per query exceeded, limit > max_entries_limit_per_query (5001 >"
                + " 5000)");
  }

  @Test
  void refusesARangeThatIsTooLong() {
    QueryCheck.length(LIMITS, 0, Duration.ofHours(721).toNanos());

    assertThatThrownBy(
            () -> QueryCheck.length(LIMITS, 0, Duration.parse("PT2777H46M40S").toNanos()))
        .hasMessage(
            "the query time range exceeds the limit (query length: 2777h46m40s, limit: 30d1h)");
  }

  @Test
  void refusesALogQueryAtOneMoment() {
    QueryCheck.metric(Parser.parse("vector(1)"));

    assertThatThrownBy(() -> QueryCheck.metric(Parser.parse("{a=\"b\"}")))
        .hasMessage(
            "log queries are not supported as an instant query type, please change your query to"
                + " a range query type");
  }
}
