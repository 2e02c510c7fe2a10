package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.QueryException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class QueryRunTest {
  private static final long SECOND = 1_000_000_000L;

  private long nanoTime = 5 * SECOND;

  private QueryRun run(long timeoutNanos, long maxBytes) {
    QueryMemory memory = new QueryMemory(Long.MAX_VALUE);
    QueryRun run = new QueryRun(Instant.EPOCH, () -> nanoTime, memory, maxBytes);
    run.allow(timeoutNanos);
    return run;
  }

  @Test
  void endsAQueryThatIsPastItsDeadline() {
    QueryRun run = run(SECOND, 1);

    nanoTime += SECOND;
    run.checkpoint();
    nanoTime += 1;

    assertThatThrownBy(run::checkpoint)
        .hasMessageStartingWith("request timed out, decrease the duration")
        .extracting(e -> ((QueryException) e).kind())
        .isEqualTo(QueryException.Kind.TIMEOUT);
  }

  @Test
  void letsAQueryWithoutATimeoutRun() {
    QueryRun run = run(0, 1);

    nanoTime += 1_000_000 * SECOND;
    run.checkpoint();

    assertThat(run.elapsedNanos()).isEqualTo(1_000_000 * SECOND);
  }

  @Test
  void endsACancelledQueryAtItsNextCheckpoint() {
    QueryRun run = run(0, 1);

    run.cancel();

    assertThatThrownBy(run::checkpoint).hasMessage("the request was cancelled by the client");
  }

  @Test
  void refusesMemoryPastTheLimitAndTakesBackWhatIsLetGo() {
    QueryRun run = run(0, 3 << 20);

    run.reserve(2 << 20);
    run.reserve(-(1 << 20));
    run.reserve(2 << 20);

    assertThatThrownBy(() -> run.reserve(1))
        .hasMessageContaining(
            "needs more than 3.0 MiB of memory (max_query_memory): it held 3.0 MiB")
        .extracting(e -> ((QueryException) e).kind())
        .isEqualTo(QueryException.Kind.BAD_REQUEST);
  }

  @Test
  void letsLaterAskersHaveTheirTime() {
    QueryRun run = run(SECOND, 1);

    nanoTime += SECOND;
    run.allow(SECOND);
    nanoTime += SECOND;

    run.checkpoint();
  }

  @Test
  void endsAQueryThatHasToGiveWay() {
    QueryMemory memory = new QueryMemory(4 << 20);
    QueryRun large = new QueryRun(Instant.EPOCH, () -> nanoTime, memory, Long.MAX_VALUE);
    large.reserve(3 << 20);

    assertThatThrownBy(() -> large.reserve(2 << 20))
        .hasMessageContaining("all queries together need more than 4.0 MiB of memory")
        .extracting(e -> ((QueryException) e).kind())
        .isEqualTo(QueryException.Kind.OVERLOADED);
    assertThatThrownBy(large::checkpoint).hasMessageContaining("narrow its selector");
  }
}
