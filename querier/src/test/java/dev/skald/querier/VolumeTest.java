package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.QueryException;
import dev.skald.logql.batch.Stride;
import dev.skald.logql.eval.QueryResult;
import dev.skald.logql.eval.QueryResult.Matrix;
import dev.skald.logql.eval.QueryResult.Series;
import dev.skald.logql.eval.QueryResult.Vector;
import dev.skald.logql.syntax.Parser;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class VolumeTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3600 * SECOND;

  private final FakeStreams streams =
      new FakeStreams()
          .add(0, 4, "app", "a", "env", "dev", "pod", "1")
          .add(10 * SECOND, 1, "app", "a", "env", "prod", "pod", "2")
          .add(3 * HOUR, 2, "app", "b", "pod", "3");

  private static VolumeQuery query(String selector, long end, String... targets) {
    return new VolumeQuery(Parser.parseAnyMatchers(selector), 0, end, 100, List.of(targets), false);
  }

  private static VolumeQuery byName(String selector, String... targets) {
    return new VolumeQuery(
        Parser.parseAnyMatchers(selector), 0, 4 * HOUR, 100, List.of(targets), true);
  }

  private Map<String, Long> total(VolumeQuery query) {
    Vector vector = (Vector) volume(streams, query, 0).total();
    Map<String, Long> kib = new TreeMap<>();
    for (int i = 0; i < vector.labels().size(); i++) {
      kib.put(vector.labels().get(i).toString(), (long) vector.values()[i] / 1024);
    }
    return kib;
  }

  @Test
  void groupsByTheLabelsOfTheMatchers() {
    assertThat(total(query("{app=~\".+\"}", 4 * HOUR)))
        .isEqualTo(Map.of("{app=\"a\"}", 10L, "{app=\"b\"}", 4L));
  }

  @Test
  void keepsAStreamThatLacksTheLabelOfAMatcher() {
    assertThat(total(query("{app=~\".+\", env!=\"dev\"}", 4 * HOUR)))
        .isEqualTo(Map.of("{app=\"a\", env=\"prod\"}", 2L, "{app=\"b\"}", 4L));
  }

  @Test
  void groupsByAllLabelsWithoutAMatcher() {
    assertThat(total(query("{}", 4 * HOUR))).hasSize(3).containsEntry("{app=\"b\", pod=\"3\"}", 4L);
  }

  @Test
  void leavesOutStreamsThatLackATargetLabel() {
    assertThat(total(query("{app=~\".+\"}", 4 * HOUR, "env", "app")))
        .isEqualTo(Map.of("{app=\"a\", env=\"dev\"}", 8L, "{app=\"a\", env=\"prod\"}", 2L));
  }

  @Test
  void addsUpByNameOfLabels() {
    assertThat(total(byName("{app=~\".+\"}")))
        .isEqualTo(Map.of("{app=\"\"}", 14L, "{env=\"\"}", 10L, "{pod=\"\"}", 14L));
    assertThat(total(byName("{app=~\".+\"}", "env"))).isEqualTo(Map.of("{env=\"\"}", 10L));
  }

  @Test
  void returnsTheLargestFirstAndEqualOnesByName() {
    streams.add(1, 5, "app", "0").add(1, 9, "app", "z");
    VolumeQuery query =
        new VolumeQuery(Parser.parseMatchers("{app=~\".+\"}"), 0, 4 * HOUR, 3, List.of(), false);
    Vector vector = (Vector) volume(streams, query, 0).total();
    assertThat(vector.labels())
        .extracting(labels -> labels.get("app"))
        .containsExactly("z", "0", "a");
  }

  @Test
  void refusesMoreSeriesThanTheTenantMayHave() {
    VolumeQuery query = query("{}", 4 * HOUR);
    assertThat(volume(streams, query, 3).total()).isInstanceOf(Vector.class);
    assertThatThrownBy(() -> volume(streams, query, 2).total())
        .isInstanceOf(QueryException.class)
        .hasMessage("the query hit the max number of series limit (limit: 2 series)");
    assertThatThrownBy(() -> volume(streams, query, 2).range(HOUR))
        .isInstanceOf(QueryException.class);
  }

  private Series range(String selector, long start, long end, long step) {
    VolumeQuery query =
        new VolumeQuery(Parser.parseMatchers(selector), start, end, 100, List.of(), false);
    return ((Matrix) volume(streams, query, 0).range(step)).series().getFirst();
  }

  @Test
  void spreadsTheBytesOfAnHourAsLokiDoes() {
    FakeStreams loghub = new FakeStreams().add(0, 694_272 / 2048, "app", "loghub");
    VolumeQuery query = query("{app=~\".+\"}", HOUR);
    Matrix matrix = (Matrix) volume(loghub, query, 0).range(HOUR / 2);
    assertThat(matrix.series().getFirst().values()).containsExactly(346_943, 347_136);
    assertThat(matrix.series().getFirst().times()).containsExactly(1_799_999, 3_600_000);
  }

  @Test
  void keepsHoursApart() {
    streams.add(HOUR, 6, "app", "a");
    Series series = range("{app=\"a\"}", 0, 2 * HOUR, HOUR);
    assertThat(series.values()).containsExactly(10 * 1024, 12 * 1024);
  }

  @Test
  void leavesOutBucketsOfHoursWithoutEntries() {
    streams.add(3 * HOUR, 6, "app", "a");
    Series series = range("{app=\"a\"}", 0, 4 * HOUR, HOUR);
    assertThat(series.times()).containsExactly(HOUR / 1_000_000 - 1, 4 * HOUR / 1_000_000);
  }

  @Test
  void cutsBucketsAtMultiplesOfTheStepAndTheRange() {
    Series series = range("{app=\"a\"}", 0, 25 * SECOND, 10 * SECOND);
    assertThat(series.times()).containsExactly(9_999, 19_999, 25_000);
    assertThat(series.values()).containsExactly(3686, 3686, 2048);
  }

  @Test
  void givesBucketsOfASecondTheirShare() {
    Series series = range("{app=\"a\"}", 0, 10 * SECOND, SECOND);
    assertThat(series.values()).hasSize(10).containsOnly(819);
  }

  @Test
  void returnsAVectorWhereEverySeriesHasOneSample() {
    QueryResult result = volume(streams, query("{app=\"a\"}", HOUR), 0).range(HOUR);
    assertThat(result).isInstanceOf(Vector.class);
    assertThat(((Vector) result).time()).isEqualTo(HOUR / 1_000_000);
  }

  @Test
  void returnsAnEmptyVectorForNoTimeAtAll() {
    QueryResult result = volume(streams, query("{app=\"a\"}", 0), 0).range(HOUR);
    assertThat(((Vector) result).labels()).isEmpty();
  }

  private static Volume volume(FakeStreams streams, VolumeQuery query, int maxSeries) {
    return new Volume(streams, query, maxSeries, new Stride(() -> {}, 1));
  }
}
