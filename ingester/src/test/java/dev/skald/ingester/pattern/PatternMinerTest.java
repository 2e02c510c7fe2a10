package dev.skald.ingester.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates against the lines that they count. */
final class PatternMinerTest {
  @ParameterizedTest
  @CsvSource({"OpenSSH.log,30", "HDFS.log,20", "Apache.log,10"})
  void realLinesHaveFewTemplates(String file, int most) {
    List<String> lines = Mined.lines(file);
    Mined mined = Mined.of(lines);

    assertThat(mined.series()).hasSizeLessThanOrEqualTo(most);
    assertEveryLineIsFound(lines, mined);
  }

  @Property(tries = 300)
  void everyTemplateMatchesTheLinesThatItCounts(@ForAll("someLines") List<String> lines) {
    assertEveryLineIsFound(lines, Mined.of(lines));
  }

  private static void assertEveryLineIsFound(List<String> lines, Mined mined) {
    Set<Integer> found = new HashSet<>();
    long counted = 0;
    for (PatternSeries series : mined.series()) {
      List<Integer> matching = Mined.matching(series.pattern(), lines);
      assertThat((long) matching.size())
          .as(series.pattern())
          .isGreaterThanOrEqualTo(series.lines());
      found.addAll(matching);
      counted += series.lines();
    }
    for (int i = 0; i < lines.size(); i++) {
      if (hasAWord(lines.get(i))) {
        assertThat(found).as(lines.get(i)).contains(i);
      }
    }
    assertThat(counted).isEqualTo(lines.stream().filter(PatternMinerTest::hasAWord).count());
  }

  private static boolean hasAWord(String line) {
    return line.chars().anyMatch(c -> " \t\n.,:!\"'`=()[]{}<>;|&?".indexOf(c) < 0);
  }

  @Provide
  Arbitrary<List<String>> someLines() {
    Arbitrary<String> part =
        Arbitraries.of(
            "a", "b", "ab", "_", "7", "x1", "-", "/", "\\", "é", "日", "<_>", "<b>", "user", "user");
    Arbitrary<String> gap =
        Arbitraries.of(
            " ", " ", " ", ": ", ", ", ".", ",", "=", "==", "\"", "[", "]", "<", ">", "\n", "!",
            "");
    Arbitrary<String> text =
        part.flatMap(p -> gap.map(g -> p + g)).list().ofMaxSize(9).map(l -> String.join("", l));
    Arbitrary<String> json =
        text.flatMap(
            before ->
                text.map(
                    inner ->
                        "{\"a\":\"" + escaped(before) + "\",\"msg\":\"" + escaped(inner) + "\"}"));
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(4, text), net.jqwik.api.Tuple.of(1, json))
        .list()
        .ofMaxSize(30);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
