package dev.skald.logql.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class RankingTest {
  @Property(tries = 200)
  void keepsTheBestOfAll(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = -20, max = 20) Integer> values,
      @ForAll @IntRange(min = 1, max = 20) int k,
      @ForAll boolean largest) {
    Ranking ranking = new Ranking(k, largest);
    for (int i = 0; i < values.size(); i++) {
      ranking.offer(i, values.get(i));
    }
    double[] sorted =
        values.stream().mapToDouble(v -> largest ? -(double) v : v).sorted().limit(k).toArray();

    double[] kept =
        IntStream.range(0, ranking.size())
            .mapToDouble(i -> largest ? -ranking.value(i) : ranking.value(i))
            .sorted()
            .toArray();
    assertThat(Arrays.equals(kept, sorted)).isTrue();
    for (int i = 0; i < ranking.size(); i++) {
      assertThat(ranking.value(i)).isEqualTo((double) values.get(ranking.member(i)));
    }
  }

  @Example
  void prefersAnyNumberToNan() {
    for (boolean largest : new boolean[] {true, false}) {
      Ranking ranking = new Ranking(1, largest);
      ranking.offer(0, Double.NaN);
      ranking.offer(1, 5);
      ranking.offer(2, Double.NaN);

      assertThat(ranking.member(0)).isEqualTo(1);
    }
  }
}
