package dev.skald.querier.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.eval.Direction;
import dev.skald.logql.eval.EngineLimits;
import dev.skald.logql.eval.QueryContext;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.QueryResult.Series;
import dev.skald.logql.eval.RangeParameters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class CachedRangeTest {
  private static final long MINUTE = 60_000_000_000L;

  /** How long a window is at a step of a minute. */
  private static final long WINDOW = 32 * MINUTE;

  private final ResultCache cache = new ResultCache(1 << 20);
  private final Steps steps = new Steps();

  /** Series that are their own time, of data that change where they are told to. */
  private static final class Steps implements StepResults {
    private final List<String> computed = new ArrayList<>();

    /** Windows whose data have changed, once, and those whose data change all the time. */
    private final Set<Long> changed = new HashSet<>();

    private final Set<Long> touched = new HashSet<>();
    private int looks;
    private List<String> warnings = List.of();
    private int series = 1;

    @Override
    public Matrix compute(long first, long last) {
      computed.add(first / MINUTE + "-" + last / MINUTE);
      long[] minutes = LongStream.rangeClosed(first / MINUTE, last / MINUTE).toArray();
      List<Series> all = new ArrayList<>();
      for (int i = 0; i < series; i++) {
        all.add(
            new Series(
                Labels.of("i", String.valueOf(i)),
                LongStream.of(minutes).map(minute -> minute * 60_000).toArray(),
                LongStream.of(minutes).mapToDouble(minute -> minute).toArray()));
      }
      return new Matrix(all, warnings);
    }

    @Override
    public void look() {
      looks++;
    }

    @Override
    public DataState state(long first, long last) {
      long window = first / WINDOW;
      return new State(touched.contains(window) ? looks : changed.contains(window) ? 1 : 0);
    }
  }

  private record State(int number) implements DataState {
    @Override
    public long memory() {
      return 100;
    }
  }

  @Test
  void computesBothEndsOfARangeWhoseMiddleIsKnown() {
    ask(0, 320);

    Matrix again = ask(10, 330);

    assertThat(steps.computed).containsExactly("0-320", "10-31", "320-330");
    assertThat(again.series()).hasSize(1);
    assertThat(again.series().getFirst().values()).hasSize(321).startsWith(10).endsWith(330);
    assertThat(again.series().getFirst().times()).startsWith(600_000).isSorted();
  }

  @Test
  void computesNothingThatItKnowsWhole() {
    ask(0, 319);

    Matrix again = ask(0, 319);

    assertThat(steps.computed).containsExactly("0-319");
    assertThat(again.series().getFirst().values()).hasSize(320);
  }

  @Test
  void computesWindowsThatHaveChangedAndNoOthers() {
    ask(0, 319);
    steps.changed.add(3L);

    ask(0, 319);

    assertThat(steps.computed).containsExactly("0-319", "96-127");
  }

  @Test
  void keepsNoWindowWhoseDataChangeWhileItIsComputed() {
    steps.touched.add(3L);
    ask(0, 319);
    steps.touched.clear();

    ask(0, 319);

    assertThat(steps.computed).containsExactly("0-319", "96-127");
  }

  @Test
  void countsWhatItsWindowsAreKnownUnder() {
    ResultKey key = ResultKey.of("t", "x".repeat(100_000), MINUTE, EngineLimits.NONE, true);

    assertThat(key.question()).hasSizeLessThan(100);
    assertThat(key).isNotEqualTo(ResultKey.of("tx", key.question(), MINUTE, key.limits(), true));
  }

  @Test
  void keepsOnlyTheLongestRunWhereGapsWouldBeMany() {
    ask(0, 639);
    steps.changed.addAll(List.of(1L, 3L, 5L, 7L, 9L));

    ask(0, 639);

    assertThat(steps.computed).containsExactly("0-639", "0-319");
  }

  @Test
  void keepsNoPartOfATruncatedResult() {
    steps.warnings = List.of("too many");
    ask(0, 319);

    Matrix again = ask(0, 319);

    assertThat(steps.computed).containsExactly("0-319", "0-319");
    assertThat(again.warnings()).containsExactly("too many");
  }

  @Test
  void keepsNoResultThatWouldTakeTooMuchOfTheCache() {
    steps.series = 100;
    ask(0, 319);

    ask(0, 319);

    assertThat(steps.computed).containsExactly("0-319", "0-319");
  }

  @Test
  void limitsTheSeriesOfTheWholeResult() {
    steps.series = 2;
    ask(0, 31);

    assertThatThrownBy(() -> ask(0, 63, new EngineLimits(1, false, 0)))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("maximum number of series (1) reached");
  }

  @Test
  void tellsWhatItHadOfTheCache() {
    ask(0, 320);
    CachedRange again = range("query", 10, 330);
    again.result(new Context(), EngineLimits.NONE);

    CacheUse use = again.use();

    assertThat(use.requests()).isEqualTo(1);
    assertThat(use.requested()).isEqualTo(9);
    assertThat(use.found()).isEqualTo(9);
    assertThat(use.stored()).isZero();
    assertThat(use.servedNanos()).isEqualTo(9 * WINDOW);
    assertThat(use.bytesFound()).isGreaterThan(9 * 32 * 16);
    assertThat(cache.found()).isEqualTo(9);
    assertThat(cache.requested()).isEqualTo(19);
  }

  @Test
  void staysWithinItsMemory() {
    for (int i = 0; i < 1000; i++) {
      range("query " + i, 0, 319).result(new Context(), EngineLimits.NONE);
    }
    assertThat(cache.bytes()).isBetween(1L << 19, 1L << 20);
    assertThat(cache.evicted()).isPositive();
    assertThat(cache.size()).isEqualTo(cache.stored() - cache.evicted());
  }

  private Matrix ask(long firstMinute, long lastMinute) {
    return ask(firstMinute, lastMinute, EngineLimits.NONE);
  }

  private Matrix ask(long firstMinute, long lastMinute, EngineLimits limits) {
    return range("query", firstMinute, lastMinute).result(new Context(), limits);
  }

  private CachedRange range(String query, long firstMinute, long lastMinute) {
    RangeParameters range =
        new RangeParameters(
            firstMinute * MINUTE, lastMinute * MINUTE, MINUTE, 1, Direction.FORWARD, 0);
    ResultKey key = ResultKey.of("t", query, MINUTE, EngineLimits.NONE, true);
    return new CachedRange(cache, key, range, steps);
  }

  private static final class Context implements QueryContext {
    @Override
    public Instant now() {
      throw new AssertionError("nothing here asks for the time");
    }

    @Override
    public void checkpoint() {}

    @Override
    public void reserve(long bytes) {
      assertThat(bytes).isPositive();
    }
  }
}
