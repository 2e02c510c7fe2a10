package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.StreamHash;
import dev.skald.logql.eval.QueryResult.Streams;
import dev.skald.logql.syntax.Parser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Log queries: order, limit, duplicates and spacing (logql.md §20.4, §27.11). */
final class LogQueryTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Labels STREAM = Labels.of("t", "1");

  private final MemorySource source = new MemorySource(2);

  private static RangeParameters parameters(double start, double end, Direction direction) {
    return parameters(start, end, direction, 100, 0);
  }

  private static RangeParameters parameters(
      double start, double end, Direction direction, int limit, double interval) {
    return new RangeParameters(
        Math.round(start * SECOND),
        Math.round(end * SECOND),
        SECOND,
        limit,
        direction,
        Math.round(interval * SECOND));
  }

  private Streams run(String query, RangeParameters parameters) {
    Engine engine = new Engine(source, new CountingContext(), EngineLimits.NONE);
    return (Streams) engine.range(Parser.parse(query), parameters);
  }

  private String lines(RangeParameters parameters) {
    return Shown.of(run("{t=\"1\"}", parameters), "");
  }

  private void fiveEntries() {
    source.add(STREAM, SECOND, "a1").add(STREAM, 2 * SECOND, "a2").add(STREAM, 3 * SECOND, "a3");
    source.add(STREAM, 3 * SECOND, "a3b").add(STREAM, 4 * SECOND, "a4");
  }

  @Example
  void templatesSeeTheTimeOfTheQuery() {
    source.add(STREAM, SECOND, "a");
    RangeParameters parameters = parameters(0, 2, Direction.FORWARD);

    assertThat(Shown.of(run("{t=\"1\"} | line_format \"{{ now.Year }}\"", parameters), ""))
        .contains("2026");
  }

  @Example
  void entriesComeInTheDirectionOfTheQuery() {
    fiveEntries();

    assertThat(lines(parameters(0, 10, Direction.BACKWARD))).isEqualTo("a4 a3b a3 a2 a1");
    assertThat(lines(parameters(0, 10, Direction.FORWARD))).isEqualTo("a1 a2 a3 a3b a4");
  }

  @Example
  void limitKeepsTheFirstInTheDirection() {
    fiveEntries();

    assertThat(lines(parameters(0, 10, Direction.BACKWARD, 2, 0))).isEqualTo("a4 a3b");
    assertThat(lines(parameters(0, 10, Direction.FORWARD, 2, 0))).isEqualTo("a1 a2");
    assertThat(lines(parameters(0, 10, Direction.FORWARD, 3, 0))).isEqualTo("a1 a2 a3");
  }

  @Example
  void startIsInsideAndEndIsOutside() {
    fiveEntries();

    assertThat(lines(parameters(1, 4, Direction.FORWARD))).isEqualTo("a1 a2 a3 a3b");
    assertThat(lines(parameters(1, 4.000000001, Direction.FORWARD))).isEqualTo("a1 a2 a3 a3b a4");
    assertThat(lines(parameters(1.000000001, 4, Direction.FORWARD))).isEqualTo("a2 a3 a3b");
    assertThat(lines(parameters(3, 3, Direction.FORWARD))).isEqualTo("∅");
  }

  @Example
  void intervalThinsEntriesOut() {
    fiveEntries();

    assertThat(lines(parameters(0, 10, Direction.FORWARD, 100, 2))).isEqualTo("a1 a3");
    assertThat(lines(parameters(0, 10, Direction.BACKWARD, 100, 2))).isEqualTo("a4 a2");
    assertThat(lines(parameters(0, 10, Direction.FORWARD, 100, 1.5))).isEqualTo("a1 a3");
    assertThat(lines(parameters(0, 10, Direction.FORWARD, 1, 2))).isEqualTo("a1");
  }

  @Example
  void intervalStartsAnewAtEachHour() {
    source.add(STREAM, 3599 * SECOND, "before").add(STREAM, 3600 * SECOND, "after");

    assertThat(lines(parameters(0, 7200, Direction.FORWARD, 100, 60))).isEqualTo("before after");
  }

  private void threeOfOneTime() {
    source.add(STREAM, SECOND, "x", Labels.of("m", "1"));
    source.add(STREAM, SECOND, "x", Labels.of("m", "2"));
    source.add(STREAM, SECOND, "y", Labels.of("m", "1"));
  }

  private String lines(String query) {
    return Shown.of(run(query, parameters(0, 10, Direction.BACKWARD)), "");
  }

  @Example
  void entriesThatThePipelineMakesEqualCollapse() {
    threeOfOneTime();

    assertThat(lines("{t=\"1\"}")).isEqualTo("y x x");
    assertThat(lines("{t=\"1\"} | drop m")).isEqualTo("y x");
    assertThat(lines("{t=\"1\"} | line_format \"k\"")).isEqualTo("k k");
    assertThat(lines("{t=\"1\"} | line_format \"k\" | drop m")).isEqualTo("k");
  }

  @Example
  void metricQueriesCountEqualEntries() {
    threeOfOneTime();
    Engine engine = new Engine(source, new CountingContext(), EngineLimits.NONE);

    QueryResult count =
        engine.instant(Parser.parse("sum(count_over_time({t=\"1\"}[60s]))"), 10 * SECOND);
    assertThat(Shown.of(count, "")).isEqualTo("{} 3");
  }

  @Example
  void entriesAreGroupedByAllLabelsOrByThoseOfTheStream() {
    source.add(STREAM, SECOND, "a=1", Labels.of("m", "1"));
    source.add(STREAM, 2 * SECOND, "a=2", Labels.of("m", "2"));
    source.add(STREAM, 3 * SECOND, "a=1", Labels.of("m", "1"));

    Streams result = run("{t=\"1\"} | logfmt", parameters(0, 10, Direction.BACKWARD));

    assertThat(result.byAllLabels())
        .extracting(stream -> stream.labels() + " " + times(stream))
        .containsExactly("{a=\"1\", m=\"1\", t=\"1\"} [3, 1]", "{a=\"2\", m=\"2\", t=\"1\"} [2]");
    assertThat(result.byStreamLabels(() -> {}))
        .extracting(stream -> stream.labels() + " " + times(stream))
        .containsExactly("{t=\"1\"} [3, 2, 1]");
    assertThat(result.entries().getFirst().groups().parsed()).isEqualTo(Labels.of("a", "1"));
  }

  private static List<Long> times(ResultStream stream) {
    return stream.entries().stream().map(entry -> entry.timestamp() / SECOND).toList();
  }

  @Example
  void metadataIsReadOnlyWhereALinePasses() {
    for (int i = 0; i < 20; i++) {
      source.add(STREAM, i * SECOND, "line " + i, Labels.of("number", "" + i));
    }
    Engine engine = new Engine(source, new CountingContext(), EngineLimits.NONE);

    QueryResult result =
        engine.range(
            Parser.parse("{t=\"1\"} |= \"line 13\""), parameters(0, 100, Direction.BACKWARD));

    ResultStream only = ((Streams) result).byAllLabels().getFirst();
    assertThat(only.labels().get("number")).isEqualTo("13");
    assertThat(source.metadataReads()).isEqualTo(1);
    assertThat(engine.stats().rows()).isEqualTo(20);
  }

  @Example
  void blocksThatCannotMatterAreNotRead() {
    for (int i = 0; i < 20; i++) {
      source.add(STREAM, i * SECOND, "line " + i);
    }
    Engine engine = new Engine(source, new CountingContext(), EngineLimits.NONE);

    engine.range(Parser.parse("{t=\"1\"}"), parameters(0, 100, Direction.BACKWARD, 3, 0));

    assertThat(source.blocksRead()).isEqualTo(2);
    assertThat(engine.stats().blocks()).isEqualTo(2);
    assertThat(engine.stats().rows()).isEqualTo(4);
    assertThat(engine.stats().rowsKept()).isEqualTo(4);
    assertThat(engine.stats().lineBytes()).isEqualTo(28);
  }

  @Example
  void instantLogQueriesAreRejected() {
    Engine engine = new Engine(source, new CountingContext(), EngineLimits.NONE);

    assertThatThrownBy(() -> engine.instant(Parser.parse("{t=\"1\"}"), 0))
        .hasMessage(
            "log queries are not supported as an instant query type, please change your query to a"
                + " range query type");
  }

  @Example
  void aQueryThatHoldsTooMuchOrIsCancelledFails() {
    fiveEntries();
    RangeParameters all = parameters(0, 10, Direction.FORWARD);
    Engine small = new Engine(source, new CountingContext(300), EngineLimits.NONE);
    Engine cancelled = new Engine(source, new CountingContext().cancelAfter(2), EngineLimits.NONE);

    assertThatThrownBy(() -> small.range(Parser.parse("{t=\"1\"}"), all))
        .isInstanceOf(QueryException.class)
        .hasMessage("no room");
    assertThatThrownBy(() -> cancelled.range(Parser.parse("{t=\"1\"}"), all))
        .hasMessage("cancelled");
    assertThat(source.blocksRead()).isLessThan(5);
  }

  private record Pushed(Labels stream, long time, String line, int arrival) {}

  @Property(tries = 150)
  void limitAndDirectionGiveTheHeadOfAllSorted(
      @ForAll @IntRange(min = 1, max = 40) int limit,
      @ForAll @IntRange(min = 1, max = 7) int rowsPerBlock,
      @ForAll Direction direction,
      @ForAll Random random) {
    MemorySource many = new MemorySource(rowsPerBlock);
    List<Pushed> pushed = new ArrayList<>();
    for (int i = random.nextInt(80); i >= 0; i--) {
      Labels stream = Labels.of("t", "1", "s", Integer.toString(random.nextInt(4)));
      long time = random.nextInt(30);
      pushed.add(new Pushed(stream, time, "line " + i, pushed.size()));
      many.add(stream, time, "line " + i);
    }
    int sign = direction == Direction.FORWARD ? 1 : -1;
    pushed.sort(
        Comparator.comparingLong((Pushed p) -> sign * p.time)
            .thenComparing(p -> StreamHash.of(p.stream), Long::compareUnsigned)
            .thenComparing(p -> sign * p.arrival));
    List<String> wanted =
        pushed.stream()
            .filter(p -> p.time >= 3 && p.time < 27)
            .limit(limit)
            .map(p -> p.line)
            .toList();

    Engine engine = new Engine(many, new CountingContext(), EngineLimits.NONE);
    Streams result =
        (Streams)
            engine.range(
                Parser.parse("{t=\"1\"}"), new RangeParameters(3, 27, 1, limit, direction, 0));

    assertThat(result.entries())
        .extracting(entry -> new String(entry.line(), StandardCharsets.UTF_8))
        .isEqualTo(wanted);
  }
}
