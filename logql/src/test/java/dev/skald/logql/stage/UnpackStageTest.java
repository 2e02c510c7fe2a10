package dev.skald.logql.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.logql.Labels;
import org.junit.jupiter.api.Test;

/** The names of unpacked labels (logql.md §8.2, §8.3, §11.8). */
final class UnpackStageTest {
  private static Lines packed(String members) {
    return Lines.of("{\"_entry\":\"e\"," + members + "}");
  }

  @Test
  void takesTheLastValueOfANameThatStandsTwice() {
    assertThat(packed("\"a\":\"1\",\"a\":\"2\"").parsedBy("| unpack"))
        .isEqualTo(Labels.of("a", "2"));
  }

  @Test
  void takesTheLastValueOfANameThatEvadesALabel() {
    assertThat(packed("\"a_extracted\":\"1\",\"a\":\"2\"").stream("a", "s").parsedBy("| unpack"))
        .isEqualTo(Labels.of("a_extracted", "2"));
  }

  @Test
  void asksWhetherANameIsTakenBeforeItIsSanitised() {
    assertThat(packed("\"a.b\":\"1\"").stream("a_b", "s").parsedBy("| unpack"))
        .isEqualTo(Labels.of("a_b", "1"));
    assertThat(packed("\"a_b\":\"1\"").stream("a_b", "s").parsedBy("| unpack"))
        .isEqualTo(Labels.of("a_b_extracted", "1"));
  }

  @Test
  void leavesALabelThatWasExtractedBefore() {
    assertThat(packed("\"a\":\"1\"").parsedBy("| label_format a=\"0\" | unpack"))
        .isEqualTo(Labels.of("a", "0"));
  }
}
