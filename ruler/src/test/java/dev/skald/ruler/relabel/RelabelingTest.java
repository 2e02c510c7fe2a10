package dev.skald.ruler.relabel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.logql.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RelabelingTest {
  private static final Labels LABELS =
      Labels.of("alertname", "Errors", "pod", "web-7", "cluster", "EU");

  private static Optional<Labels> relabel(List<Map<String, Object>> rules) {
    return Relabeling.read(rules).apply(LABELS);
  }

  private static Optional<Labels> relabel(Map<String, Object> rule) {
    return relabel(List.of(rule));
  }

  private static Labels changed(Map<String, Object> rule) {
    return relabel(rule).orElseThrow();
  }

  private static Map<String, Object> rule(String action, String regex, String... sources) {
    return Map.of("action", action, "regex", regex, "source_labels", List.of(sources));
  }

  @Test
  void leavesLabelsAsTheyAreWithoutRules() {
    assertThat(relabel(List.of())).contains(LABELS);
  }

  @Test
  void replacesByGroupsOfTheJoinedSources() {
    Labels labels =
        changed(
            Map.of(
                "source_labels", List.of("cluster", "pod"),
                "regex", "(\\w+);(?P<app>[a-z]+)-(\\d+)",
                "target_label", "place",
                "replacement", "$1/${app}x$$${9}"));

    assertThat(labels).isEqualTo(LABELS.toBuilder().add("place", "EU/webx$").build());
  }

  @Test
  void aRegexMatchesTheWholeValueOnly() {
    assertThat(
            changed(Map.of("source_labels", List.of("pod"), "regex", "web", "target_label", "pod")))
        .isEqualTo(LABELS);
  }

  @Test
  void anEmptyReplacementRemovesTheLabel() {
    assertThat(changed(Map.of("target_label", "pod", "replacement", "")).get("pod")).isNull();
  }

  @Test
  void keepsAndDropsByValue() {
    assertThat(relabel(rule("keep", "web-.*", "pod"))).contains(LABELS);
    assertThat(relabel(rule("keep", "db-.*", "pod"))).isEmpty();
    assertThat(relabel(rule("drop", "web-.*", "pod"))).isEmpty();
    assertThat(relabel(rule("drop", "", "missing"))).isEmpty();
  }

  @Test
  void keepsAndDropsWhatIsEqual() {
    Map<String, Object> keep =
        Map.of("action", "keepequal", "source_labels", List.of("pod"), "target_label", "cluster");
    Map<String, Object> drop =
        Map.of("action", "dropequal", "source_labels", List.of("pod"), "target_label", "pod");

    assertThat(relabel(keep)).isEmpty();
    assertThat(relabel(drop)).isEmpty();
  }

  @Test
  void changesNamesOfLabels() {
    assertThat(changed(rule("labeldrop", "pod|cluster")))
        .isEqualTo(Labels.of("alertname", "Errors"));
    assertThat(changed(rule("labelkeep", "pod"))).isEqualTo(Labels.of("pod", "web-7"));
    assertThat(
            changed(Map.of("action", "labelmap", "regex", "(p)od", "replacement", "k8s_${1}od"))
                .get("k8s_pod"))
        .isEqualTo("web-7");
  }

  @Test
  void changesCase() {
    Map<String, Object> lower =
        Map.of("action", "lowercase", "source_labels", List.of("cluster"), "target_label", "c");
    Map<String, Object> upper =
        Map.of("action", "UpperCase", "source_labels", List.of("pod"), "target_label", "c");

    assertThat(changed(lower).get("c")).isEqualTo("eu");
    assertThat(changed(upper).get("c")).isEqualTo("WEB-7");
  }

  @Test
  void hashesAsPrometheusDoes() {
    // The last eight bytes of the MD5 of "web-7", modulo 1000.
    Map<String, Object> hash =
        Map.of(
            "action",
            "hashmod",
            "source_labels",
            List.of("pod"),
            "target_label",
            "shard",
            "modulus",
            1000);

    assertThat(changed(hash).get("shard")).isEqualTo("837");
  }

  @Test
  void rulesSeeWhatTheOnesBeforeHaveMade() {
    assertThat(
            relabel(
                List.of(
                    Map.of("target_label", "team", "replacement", "a"), rule("drop", "a", "team"))))
        .isEmpty();
  }

  @Test
  void saysWhatIsWrong() {
    assertBad(Map.of("action", "kepp"), "unknown relabel action \"kepp\"");
    assertBad(
        Map.of("regex", "a(", "target_label", "b"),
        "regex of a relabel config: error parsing regexp");
    assertBad(Map.of("regexp", "a"), "unknown key regexp");
    assertBad(Map.of(), "relabel action replace needs a target_label");
    assertBad(Map.of("source_labels", "a", "target_label", "b"), "source_labels");
    assertBad(Map.of("action", "hashmod", "target_label", "b"), "modulus");
    assertBad(Map.of("action", List.of()), "action of a relabel config must be a text");
  }

  private static void assertBad(Map<String, Object> rule, String message) {
    assertThatThrownBy(() -> Relabeling.read(List.of(rule)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
