package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import dev.skald.logql.QueryException;
import dev.skald.logql.batch.Batch;
import dev.skald.logql.batch.Column;
import dev.skald.logql.syntax.Parser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One line is enough to keep a query busy: whoever watches it is heard before the line is done. */
final class LongLineTest {
  private static final int MIB = 1 << 20;

  private final AtomicInteger looks = new AtomicInteger();

  private static Batch batch(String text) {
    byte[] line = text.getBytes(StandardCharsets.UTF_8);
    List<Batch.Run> runs = List.of(new Batch.Run(Labels.of("t", "x"), 1, 0, 1));
    Column lines = new Column.Plain(line, new int[] {0}, new int[] {line.length});
    return new Batch(runs, new long[1], lines, List.of());
  }

  /** Returns how often there was a look while one line went through some stages. */
  private int looks(String stages, String line) {
    looks.set(0);
    Pipeline whole = pipeline(stages, held -> looks.incrementAndGet());
    whole.run(batch(line), row -> {});
    int all = looks.get();
    int enough = all / 2;
    looks.set(0);
    Pipeline left =
        pipeline(
            stages,
            held -> {
              if (looks.incrementAndGet() >= enough) {
                throw QueryException.badRequest("enough");
              }
            });
    assertThatThrownBy(() -> left.run(batch(line), row -> {})).hasMessage("enough");
    assertThat(looks.get()).isEqualTo(enough);
    return all;
  }

  private static Pipeline pipeline(String stages, Watch watch) {
    return Pipeline.compile(Parser.parseLogQuery("{t=\"x\"} " + stages), Instant.EPOCH, watch);
  }

  private static String json(int members) {
    return IntStream.range(0, members)
        .mapToObj(i -> "\"k" + i + "\":" + i)
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** A text of which an automaton cannot know enough. */
  private static String letters() {
    return new Random(3)
        .ints(100_000, 'a', 'c')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  @Test
  void jsonWithVeryManyMembers() {
    assertThat(looks("!= \"nothing\" | json", json(50_000))).isGreaterThan(10);
  }

  @Test
  void logfmtWithVeryManyPairs() {
    String line =
        IntStream.range(0, 50_000).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining(" "));
    assertThat(looks("| logfmt", line)).isGreaterThan(10);
  }

  @Test
  void veryManyPathsOfALongObject() {
    String paths =
        IntStream.range(0, 100).mapToObj(i -> "l" + i + "=\"n" + i + "\"").collect(joined());
    assertThat(looks("| json " + paths, json(20_000))).isGreaterThan(90);
  }

  @Test
  void veryManyStages() {
    String stages = "| decolorize ".repeat(100);
    assertThat(looks(stages, "x".repeat(MIB))).isGreaterThanOrEqualTo(100);
  }

  @Test
  void veryManyAlternatives() {
    String any =
        IntStream.range(0, 500)
            .mapToObj(i -> "\"no" + i + "\"")
            .collect(Collectors.joining(" or "));
    assertThat(looks("|= " + any, "x".repeat(MIB))).isGreaterThan(400);
  }

  @Test
  void veryManyLineFilters() {
    assertThat(looks("|= \"x\" ".repeat(100), "x".repeat(1000))).isGreaterThanOrEqualTo(100);
  }

  @Test
  void aRegularExpressionWithManyStates() {
    String line = letters();
    assertThat(looks("|~ \"[ab]*a[ab]{500}c\"", line)).isGreaterThan(5);
    assertThat(looks("| regexp \"(?P<a>[ab]*)(?P<b>a[ab]{200}b)$\"", line)).isGreaterThan(20);
  }

  @Test
  void aTemplateWithNestedLoops() {
    String template =
        "{{ range $a := fromJson __line__ }}{{ range $b := fromJson __line__ }}{{ end }}{{ end }}";
    String line =
        IntStream.range(0, 600).mapToObj(i -> "1").collect(Collectors.joining(",", "[", "]"));
    assertThat(looks("| line_format `" + template + "`", line)).isGreaterThan(20);
  }

  @Test
  void aTemplateThatReplacesByARegularExpression() {
    String template = "{{ regexReplaceAll \"[ab]*a[ab]{300}c\" __line__ \"x\" }}";
    assertThat(looks("| line_format `" + template + "`", letters())).isGreaterThan(5);
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }
}
