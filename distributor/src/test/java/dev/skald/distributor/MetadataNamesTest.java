package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skald.distributor.MetadataNames.InvalidNameException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MetadataNamesTest {
  @ParameterizedTest
  @CsvSource({
    "trace_id, trace_id",
    "z.b-c, z_b_c",
    "a b, a_b",
    "k8s.pod.name, k8s_pod_name",
    "1bad key, key_1bad_key",
    "1x, key_1x",
    "_x, _x",
    "x_, x_",
    "a..b, a_b",
    "a__b, a_b",
    "__y__, __y__",
    "__y.z__, __y_z__",
    "__y, _y",
    "y__, y_",
    "ü, _",
    "aü日b, a_b",
    "UPPER, UPPER",
  })
  void followsTheLabelNamer(String name, String expected) throws Exception {
    if (expected.equals("_")) {
      assertThatThrownBy(() -> MetadataNames.normalise(name))
          .isInstanceOf(InvalidNameException.class);
    } else {
      assertThat(MetadataNames.normalise(name)).isEqualTo(expected);
    }
  }

  @Test
  void rejectsAnEmptyName() {
    assertThatThrownBy(() -> MetadataNames.normalise("")).hasMessage("label name is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "_", "...", "__", "____", "_____", "__-__"})
  void rejectsANameOfUnderscoresOnly(String name) {
    assertThatThrownBy(() -> MetadataNames.normalise(name))
        .isInstanceOf(InvalidNameException.class)
        .hasMessage("normalization for label name \"" + name + "\" resulted in invalid name \"_\"");
  }

  @Test
  void quotesTheNameItRejects() {
    assertThatThrownBy(() -> MetadataNames.normalise("\"\n"))
        .hasMessage("normalization for label name \"\\\"\\n\" resulted in invalid name \"_\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "1x", "__y.z__", "___x___", "a__b", "x_"})
  void changesNothingTheSecondTime(String name) throws Exception {
    String once = MetadataNames.normalise(name);
    assertThat(MetadataNames.normalise(once)).isEqualTo(once);
  }

  @Test
  void remembersWhatBytesBecame() throws Exception {
    MetadataNames names = new MetadataNames();
    byte[] text = "xx a.b a.b".getBytes(StandardCharsets.UTF_8);
    byte[] first = names.normalise(text, 3, 3);
    assertThat(first).isEqualTo("a_b".getBytes(StandardCharsets.UTF_8));
    assertThat(names.normalise(text, 7, 3)).isSameAs(first);
  }

  @Test
  void outlivesMoreNamesThanItRemembers() throws Exception {
    MetadataNames names = new MetadataNames();
    for (int i = 0; i < 10_000; i++) {
      byte[] name = ("n." + i).getBytes(StandardCharsets.UTF_8);
      assertThat(names.normalise(name, 0, name.length))
          .isEqualTo(("n_" + i).getBytes(StandardCharsets.UTF_8));
    }
  }
}
