package dev.skald.querier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import dev.skald.logql.eval.LogEntry;
import dev.skald.logql.stage.Row.LabelGroups;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FieldDetectorTest {
  private static final Labels STREAM = Labels.of("app", "shop");

  private final FieldDetector detector = new FieldDetector(() -> {});

  private void add(String line, Labels metadata, Labels parsed) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    detector.add(new LogEntry(0, bytes, new LabelGroups(STREAM, metadata, parsed), STREAM, 1));
  }

  private void add(String line) {
    add(line, Labels.EMPTY, Labels.EMPTY);
  }

  private DetectedField field(String label) {
    return detector.fields().stream()
        .filter(field -> field.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  private List<String> labels() {
    return detector.fields().stream().map(DetectedField::label).toList();
  }

  @Test
  void findsMembersOfJsonWithTheirPath() {
    add("{\"n\":{\"k\":1},\"a.b\":\"x\",\"list\":[1],\"none\":null}");
    assertThat(labels()).containsExactlyInAnyOrder("n_k", "a_b");
    assertThat(field("n_k").jsonPath()).containsExactly("n", "k");
    assertThat(field("n_k").parsers()).containsExactly("json");
    assertThat(field("a_b").jsonPath()).containsExactly("a.b");
  }

  @Test
  void findsPairsOfLogfmtWhereTheLineIsNoJson() {
    add("level=info dur=3ms plain words");
    assertThat(labels()).containsExactlyInAnyOrder("level", "dur");
    assertThat(field("dur").type()).isEqualTo(FieldType.DURATION);
    assertThat(field("dur").jsonPath()).isEmpty();
  }

  @Test
  void namesBothParsersWhereBothFindAField() {
    add("{\"level\":\"info\"}");
    add("level=warn");
    assertThat(field("level").parsers()).containsExactly("json", "logfmt");
    assertThat(field("level").values()).containsExactly("info", "warn");
  }

  @Test
  void namesNoParserForStructuredMetadata() {
    add("words", Labels.of("trace_id", "t1"), Labels.EMPTY);
    assertThat(field("trace_id").parsers()).isEmpty();
  }

  @Test
  void keepsWhatTheQueryHasParsedButNoErrors() {
    Labels parsed = Labels.of("ip", "10.0.0.1", "__error__", "JSONParserErr");
    add("words", Labels.EMPTY, parsed);
    assertThat(labels()).containsExactly("ip");
  }

  @Test
  void marksFieldsThatHaveTheNameOfAStreamLabel() {
    add("{\"app\":\"other\"}");
    assertThat(field("app_extracted").jsonPath()).containsExactly("app");
  }

  @Test
  void takesTheTypeOfTheLastEntry() {
    add("id=2dace6");
    add("id=261015");
    assertThat(field("id").type()).isEqualTo(FieldType.INT);
    assertThat(field("id").values()).hasSize(2);
  }

  @Test
  void takesAnythingForALine() {
    for (String line : List.of("", "{", "[1, 2]", "{\"a\":", "\u0000=\uFFFD", "{\"a\":{\"b\":")) {
      add(line);
    }
    assertThat(labels()).doesNotContain("__error__", "__error_details__");
  }
}
